import { expect, it, onTestFinished } from 'vitest'
import { specLabels } from './spec-labels.testing.ts'
import { visitSite } from './visit.testing.ts'
import { openSite } from './zoo-site.testing.ts'
import { specifiedRows, zooSites } from './zoo-sites.testing.ts'

// What holds for every site (requests, failed logins, secrets, an end in time, the same verdict twice): visit.testing.ts.

it('has every row of the specification', () => {
	const rows = new Set(zooSites.map(({ row }) => row))
	expect(specifiedRows.filter((row) => !rows.has(row))).toEqual([])
})

it.each(zooSites)('$row $behaviour: $expected', { timeout: 30_000 }, async (site) => {
	const open = await openSite(site)
	onTestFinished(open.close)
	const outcome = await visitSite(site, open)
	expect(outcome.draft ?? outcome.code).toBe(specLabels[site.expected])
	expect(outcome.certainty).toBe(outcome.code === 'ok' ? undefined : (site.certainty ?? 'sure'))
	if (site.notes !== undefined) expect(outcome.notes).toEqual(site.notes)
	if (site.afterwards === undefined) return
	site.afterwards.change(open.wordpress)
	const later = await visitSite(site, open)
	expect(later.code).toBe(specLabels[site.afterwards.expected])
})
