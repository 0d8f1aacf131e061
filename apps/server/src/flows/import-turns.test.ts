import { expect, test } from 'vitest'
import { createImportTurns } from './import-turns.ts'

const stays = new AbortController().signal
const settled = () => new Promise((resolve) => void setImmediate(resolve))

/** Rows that ask for their turn at once, and which of them have begun. */
async function ask(rows: readonly (readonly [string, string])[]) {
	const turn = createImportTurns()
	const begun: (() => void)[] = []
	const asked = rows.map(async ([accountId, site]) => {
		begun.push(await turn({ accountId, workspaceId: 'w' }, site, stays))
	})
	await settled()
	return { turn, begun, all: Promise.all(asked) }
}

test('two rows of one site are looked at at once, and those of others do not wait for it', async () => {
	const { begun } = await ask([...Array.from({ length: 9 }, () => ['a', 'one'] as const), ['a', 'two'], ['a', 'three']])
	expect(begun).toHaveLength(4)
})

test('a person has six at once and a workspace twelve; the next begins when one is over', async () => {
	const rows = Array.from({ length: 40 }, (_, i) => [`person ${i % 4}`, `site ${i}`] as const)
	expect((await ask(rows.filter(([person]) => person === 'person 1'))).begun).toHaveLength(6)
	const { begun, all } = await ask(rows)
	expect(begun).toHaveLength(12)
	begun[0]?.()
	await settled()
	expect(begun).toHaveLength(13)
	for (let index = 1; index < rows.length; index += 1) {
		begun[index]?.()
		await settled()
	}
	await all
	expect(begun).toHaveLength(40)
})

test('whoever leaves while waiting takes no turn, and gives back what they had', async () => {
	const { turn, begun } = await ask(Array.from({ length: 6 }, (_, i) => ['a', `site ${i}`] as const))
	const leaving = new AbortController()
	const left = turn({ accountId: 'a', workspaceId: 'w' }, 'seventh', leaving.signal)
	await settled()
	leaving.abort(new Error('left'))
	await expect(left).rejects.toThrow('left')
	for (const end of begun) end()
	const ends = await Promise.all([1, 2].map(() => turn({ accountId: 'a', workspaceId: 'w' }, 'seventh', stays)))
	expect(ends).toHaveLength(2)
})
