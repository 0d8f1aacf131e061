import type { NoticeDocument } from '@postern/api/contract'

/** How a connector is now, as one was told. */
export type ConnectorLine = {
	readonly about: 'connector'
	readonly uuid: string
	readonly kind: Extract<NoticeDocument['kind'], `connector-${string}`>
	readonly name: string
	readonly at: string
	readonly notices: readonly NoticeDocument[]
	readonly isQuiet: boolean
}

/** A webhook at which nothing arrived for days. */
export type WebhookLine = Omit<ConnectorLine, 'about' | 'kind'> & { readonly about: 'webhook' }

/** All that one should know of one application password. */
export type PasswordLine = {
	readonly about: 'password'
	readonly uuid: string
	readonly memberId: string
	readonly name: string
	/** When the newest of it came. */
	readonly at: string
	readonly notices: readonly NoticeDocument[]
	readonly createdBy: string | undefined
	/** From which it was used first, newest first. */
	readonly addresses: readonly string[]
	readonly expiresAt: string | undefined
	/** One has only done it oneself: to be seen, but nothing to call for. */
	readonly isQuiet: boolean
}

export type NoticeLine = PasswordLine | ConnectorLine | WebhookLine

/** Notices as a person reads them: a line for each password or connector, whatever happened to it; the newest first. */
export function noticeLines(notices: readonly NoticeDocument[], ownUsername: string): readonly NoticeLine[] {
	const newestFirst = notices.toSorted((a, b) => Date.parse(b.at) - Date.parse(a.at))
	return [...Map.groupBy(newestFirst, ({ uuid }) => uuid).values()].flatMap((group) => lineOf(group, ownUsername))
}

function lineOf(notices: readonly NoticeDocument[], ownUsername: string): readonly NoticeLine[] {
	const [newest] = notices
	if (newest === undefined) return []
	const { uuid, memberId, name, at, kind: newestKind } = newest
	if (isOfConnector(newestKind)) {
		const isQuiet = newestKind === 'connector-recovered' || newestKind === 'connector-connected-by-link'
		return [{ about: 'connector', uuid, kind: newestKind, name, at, notices, isQuiet }]
	}
	if (newestKind === 'webhook-disabled') return [{ about: 'webhook', uuid, name, at, notices, isQuiet: false }]
	const find = (kind: NoticeDocument['kind']) => notices.find((notice) => notice.kind === kind)
	const createdBy = find('password-created')?.params['actor']
	const expiresAt = find('password-about-to-expire')?.params['expiresAt']
	const used = notices.filter(({ kind }) => kind === 'password-used-from-new-address')
	return [
		{
			about: 'password',
			uuid,
			memberId,
			name,
			at,
			notices,
			createdBy,
			addresses: [...new Set(used.flatMap(({ params }) => params['ip'] ?? []))],
			expiresAt,
			isQuiet: createdBy === ownUsername && notices.length === 1,
		},
	]
}

function isOfConnector(kind: NoticeDocument['kind']): kind is ConnectorLine['kind'] {
	return kind.startsWith('connector-')
}
