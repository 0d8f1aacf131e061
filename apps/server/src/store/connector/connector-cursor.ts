import * as z from 'zod/mini'
import { isIdLike } from '../ids.ts'
import { storable } from '../storable.ts'
import type { ConnectorOrder, ConnectorSort } from './connector.ts'

/** Where a page ended: the values of its sort keys, of which the id is the last. */
export type ConnectorCursor = readonly (string | number)[]

type Sorting = { readonly sort: ConnectorSort; readonly order: ConnectorOrder }

const order = z.enum(['asc', 'desc'])

const shapes = {
	name: z.tuple([z.literal('name'), order, z.string(), z.string()]),
	created: z.tuple([z.literal('created'), order, z.int(), z.string()]),
	checked: z.tuple([z.literal('checked'), order, z.int(), z.string()]),
	state: z.tuple([z.literal('state'), order, z.int(), z.string(), z.string()]),
} as const satisfies Record<ConnectorSort, z.ZodMiniType>

export function writeCursor({ sort, order: direction }: Sorting, values: ConnectorCursor): string {
	return Buffer.from(JSON.stringify([sort, direction, ...values])).toString('base64url')
}

/** Gives undefined for what is no cursor of this order. */
export function parseCursor({ sort, order: direction }: Sorting, text: string): ConnectorCursor | undefined {
	const read = shapes[sort].safeParse(parseJson(Buffer.from(text, 'base64url').toString()))
	if (!read.success || read.data[1] !== direction) return undefined
	const [, , ...values] = read.data
	const isStorable = values.every((value) => typeof value === 'number' || storable(value) === value)
	return isStorable && isIdLike(String(values.at(-1))) ? values : undefined
}

function parseJson(text: string): unknown {
	try {
		return JSON.parse(text)
	} catch {
		return undefined
	}
}
