import { narrowDraft, type GrantDraft } from './grant-draft.ts'

/** What the address of a profile proposes for a new password. */
export type AddSearch = {
	/** The id of the one connector it is for. */
	readonly connector?: string | undefined
	readonly for?: 'agent' | undefined
}

/** Names both: the router lays this over what the address says. */
export function readAddSearch(search: Record<string, unknown>): AddSearch {
	const { connector } = search
	return {
		connector: typeof connector === 'string' && /^[\w-]{1,64}$/.test(connector) ? connector : undefined,
		for: search['for'] === 'agent' ? 'agent' : undefined,
	}
}

/** Where the form begins: narrow, and narrower still for an agent, which writes and leaves publishing to others. */
export function draftFor({ connector, for: whom }: AddSearch): GrantDraft {
	if (connector === undefined && whom === undefined) return narrowDraft
	return {
		...narrowDraft,
		...(connector === undefined ? {} : { connectors: 'some', connectorIds: [connector] }),
		...(whom === 'agent' ? { preset: 'drafts-only', expiry: '7' } : {}),
	}
}
