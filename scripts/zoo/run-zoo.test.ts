import { type ZooSite, zooSites } from '@postern/wp-client/testing/zoo-sites'
import { expect, it } from 'vitest'
import { runZoo, zooTable } from './run-zoo.ts'

it('prints a row for each site, and says so when the doctor is wrong', { timeout: 60_000 }, async () => {
	const right = zooSites.filter(({ row }) => row === 'Z1' || row === 'Z12')
	const wrong: ZooSite = {
		row: 'Z99',
		behaviour: 'a stripped header',
		expected: 'ok',
		traits: { stripsAuthorization: true },
	}
	const lines = await runZoo(2, [...right, wrong])
	expect(lines.map(({ row, faults }) => [row, faults.length])).toEqual([
		['Z1', 0],
		['Z12', 0],
		['Z99', 3],
	])
	expect(zooTable(lines)).toMatch(/Z99 .*site-credential\/header-stripped .*NO: expected ok/)
})
