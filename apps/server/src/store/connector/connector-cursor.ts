import * as z from 'zod/mini'
import { isIdLike } from '../ids.ts'
import { storable } from '../storable.ts'
import type { Connector, ConnectorQuery } from './connector.ts'

/** Where a page ended: what it was sorted by, and the id, which decides among equals. */
export type ConnectorCursor =
	| { readonly sort: 'name'; readonly after: string; readonly id: string }
	| { readonly sort: 'created'; readonly after: number; readonly id: string }

const cursorJson = z.union([
	z.tuple([z.literal('name'), z.string(), z.string()]),
	z.tuple([z.literal('created'), z.int(), z.string()]),
])

export function writeCursor(
	sort: ConnectorQuery['sort'],
	last: { nameSearch: string } & Pick<Connector, 'id' | 'createdAt'>,
): string {
	const parts = sort === 'name' ? [sort, last.nameSearch, last.id] : [sort, last.createdAt.getTime(), last.id]
	return Buffer.from(JSON.stringify(parts)).toString('base64url')
}

/** Gives undefined for what is no cursor of this order. */
export function parseCursor(sort: ConnectorQuery['sort'], text: string): ConnectorCursor | undefined {
	const read = cursorJson.safeParse(parseJson(Buffer.from(text, 'base64url').toString()))
	if (!read.success || read.data[0] !== sort) return undefined
	const [kind, after, id] = read.data
	if (!isIdLike(id) || (typeof after === 'string' && storable(after) !== after)) return undefined
	return kind === 'name' ? { sort: kind, after, id } : { sort: kind, after, id }
}

function parseJson(text: string): unknown {
	try {
		return JSON.parse(text)
	} catch {
		return undefined
	}
}
