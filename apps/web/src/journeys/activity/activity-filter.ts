import type { contract, InputOf } from '@postern/api/contract'

export const kinds = ['requests', 'changes'] as const
export const decisions = ['permitted', 'refused'] as const

/** What the address of the activity says: so that a filtered log can be bookmarked and passed on. */
export type ActivityFilter = {
	/** By uuid; also one that is revoked. */
	readonly password?: string | undefined
	/** By id; also one that is deleted. */
	readonly connector?: string | undefined
	readonly decision?: (typeof decisions)[number] | undefined
	readonly kind?: (typeof kinds)[number] | undefined
}

/** Names all of them: the router lays this over what the address says. */
export function readActivityFilter(search: Record<string, unknown>): ActivityFilter {
	return {
		password: readId(search['password']),
		connector: readId(search['connector']),
		decision: decisions.find((name) => name === search['decision']),
		kind: kinds.find((name) => name === search['kind']),
	}
}

type Query = Omit<NonNullable<InputOf<typeof contract.listActivity>['query']>, 'cursor' | 'limit'>

/** As the API wants it, which knows no empty values. */
export function queryOf({ password, connector, decision, kind }: ActivityFilter): Query {
	return {
		...(password === undefined ? {} : { password }),
		...(connector === undefined ? {} : { connector }),
		...(decision === undefined ? {} : { decision }),
		...(kind === undefined ? {} : { kind }),
	}
}

export function isFiltered(filter: ActivityFilter): boolean {
	return Object.values(filter).some((value) => value !== undefined)
}

/** What is no request was not decided on: of the two, the one that was chosen last stays. */
export function choose(filter: ActivityFilter, chosen: ActivityFilter): ActivityFilter {
	const next = { ...filter, ...chosen }
	if (next.kind !== 'changes' || next.decision === undefined) return next
	return chosen.kind === undefined ? { ...next, kind: undefined } : { ...next, decision: undefined }
}

function readId(value: unknown): string | undefined {
	return typeof value === 'string' && /^[\w-]{1,64}$/.test(value) ? value : undefined
}
