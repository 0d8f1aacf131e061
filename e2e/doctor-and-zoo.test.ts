import { expect, it } from 'vitest'
import { runZoo } from '../scripts/zoo/run-zoo.ts'

it('`postern doctor` names the right cause for every site of the zoo', { timeout: 1_800_000 }, async () => {
	const lines = await runZoo(2)
	expect(lines.filter(({ faults }) => faults.length > 0)).toEqual([])
	expect(new Set(lines.map(({ row }) => row)).size).toBeGreaterThan(40)
})
