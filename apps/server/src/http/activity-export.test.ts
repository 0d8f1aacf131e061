import type { ActivityEntry } from '@postern/api/contract'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { activityAsCsv, activityAsJsonLines } from './activity-export.ts'

const entry: ActivityEntry = {
	id: 'evt_1',
	at: '2026-11-22T12:00:00.000Z',
	event: 'site.changing',
	actor: { kind: 'caller', name: 'ann (Agent, "mine")' },
	target: { kind: 'connector', id: 'con_1', name: 'Blog' },
	params: { method: 'POST', route: '/wp/v2/posts' },
	access: {
		method: 'POST',
		route: '/wp/v2/posts',
		scope: 'posts:draft',
		decision: 'permitted',
		problem: null,
		status: 201,
		sentBytes: 10,
		receivedBytes: 0,
		durationMs: 12.5,
		end: 'complete',
		requestId: 'req_1',
		password: { uuid: 'u', name: 'Agent' },
		connector: { id: 'con_1', name: 'Blog' },
	},
}

async function* batchesOf(...batches: ActivityEntry[][]) {
	yield* batches
}

async function textOf(chunks: AsyncIterable<string>): Promise<string> {
	let text = ''
	for await (const chunk of chunks) text += chunk
	return text
}

/** As RFC 4180 §2 says, strictly. */
function readCsv(text: string): string[][] {
	const rows: string[][] = []
	const cell = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/gy
	let row: string[] = []
	while (cell.lastIndex < text.length) {
		const [, quoted, plain, end] = cell.exec(text) ?? expect.unreachable(`no CSV: ${text}`)
		row.push(quoted?.replaceAll('""', '"') ?? plain ?? '')
		if (end === ',') continue
		rows.push(row)
		row = []
	}
	return rows
}

async function cellsOf(one: ActivityEntry): Promise<Record<string, string>> {
	const [names = [], cells = [], ...more] = readCsv(await textOf(activityAsCsv(batchesOf([one]))))
	expect([cells.length, more]).toEqual([names.length, []])
	return Object.fromEntries(names.map((name, index) => [name, cells[index] ?? '']))
}

describe('activity as CSV', () => {
	it('names its columns first, also where nothing happened', async () => {
		expect(await textOf(activityAsCsv(batchesOf()))).toMatch(/^at,id,event,actor_kind,actor,[a-z_,]+\r\n$/)
	})

	it('has all of a request in its cells', async () => {
		expect(await cellsOf(entry)).toMatchObject({
			at: '2026-11-22T12:00:00.000Z',
			event: 'site.changing',
			actor: 'ann (Agent, "mine")',
			target: 'Blog',
			route: '/wp/v2/posts',
			problem: '',
			status: '201',
			received_bytes: '0',
			duration_ms: '12.5',
			password: 'Agent',
		})
	})

	it('leaves empty what only requests have', async () => {
		expect(await cellsOf({ ...entry, access: null, target: null })).toMatchObject({ target: '', route: '', status: '' })
	})

	it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', '＝1', '＠1'])(
		'T96 writes %j so that no spreadsheet runs it',
		async (name) => {
			const { target, actor } = await cellsOf({
				...entry,
				actor: { kind: 'member', name },
				target: { kind: 'connector', id: 'con_1', name },
			})
			expect([target, actor]).toEqual([`'${name}`, `'${name}`])
		},
	)

	it('T96 gives back any other name as it was', async () => {
		await fc.assert(
			fc.asyncProperty(fc.string({ unit: 'binary' }), async (name) => {
				const { target } = await cellsOf({ ...entry, target: { kind: 'connector', id: 'con_1', name } })
				expect(target?.replace(/^'(?=[=+\-@\t\r\n＝＋－＠])/, '')).toBe(name)
				expect(target).not.toMatch(/^[=+\-@\t\r]/)
			}),
		)
	})
})

describe('activity as JSON lines', () => {
	it('is one entry in each line, in their order', async () => {
		const others = ['evt_2', 'evt_3'].map((id) => ({
			...entry,
			id,
			actor: { kind: 'member' as const, name: 'a\nb\u2028' },
		}))
		const text = await textOf(activityAsJsonLines(batchesOf([entry], [], others)))
		const lines = text.split('\n')
		expect(lines.pop()).toBe('')
		expect(lines.map((line) => JSON.parse(line))).toEqual([entry, ...others])
	})
})
