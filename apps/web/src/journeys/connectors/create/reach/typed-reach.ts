import type { ConnectorDocument } from '@postern/api/contract'

/** How a site is reached, besides its address, as the person has chosen it. */
export type TypedReach = {
	readonly transport: 'rest' | 'xml-rpc'
	/** A login of the web server in front of the site. `kept`: as the connector has it; its password never comes back here. */
	readonly edge: 'kept' | { readonly username: string; readonly password: string }
	/** SHA-256 of the one certificate to trust, in hex; empty: whichever the authorities vouch for. */
	readonly certificatePin: string
}

export type ReachBody = {
	readonly transport?: TypedReach['transport']
	readonly edgeUsername?: string
	readonly edgePassword?: string
	readonly certificatePin?: string
}

const noLogin = { username: '', password: '' }

/** As most sites are reached. */
export const plainReach: TypedReach = { transport: 'rest', edge: noLogin, certificatePin: '' }

/** As a connector is reached now. */
export function reachOf({ transport, hasEdgeLogin, certificatePin }: ConnectorDocument): TypedReach {
	return { transport, edge: hasEdgeLogin ? 'kept' : noLogin, certificatePin: certificatePin ?? '' }
}

export function hasEdge({ edge }: TypedReach): boolean {
	return edge === 'kept' || edge.username !== '' || edge.password !== ''
}

export function isPlain(reach: TypedReach): boolean {
	return reach.transport === 'rest' && reach.certificatePin === '' && !hasEdge(reach)
}

/** What is sent for a new connector: nothing that is as usual. */
export function reachBody({ transport, edge, certificatePin }: TypedReach): ReachBody {
	return {
		...(transport === 'rest' ? {} : { transport }),
		...(edge === 'kept' || (edge.username === '' && edge.password === '')
			? {}
			: { edgeUsername: edge.username, edgePassword: edge.password }),
		...(certificatePin === '' ? {} : { certificatePin }),
	}
}

/** What is sent when a connector is reconnected: what is left out stays as it was, what is empty is taken away. */
export function changedReachBody({ transport, edge, certificatePin }: TypedReach): ReachBody {
	const login = edge === 'kept' ? {} : { edgeUsername: edge.username, edgePassword: edge.password }
	return { transport, certificatePin, ...login }
}

/** What was chosen, and for which host. */
export type ReachForHost = { readonly host: string; readonly reach: TypedReach }

/** The host in an address as it is typed, with its port; empty for none. */
export function hostTyped(address: string): string {
	const text = address.trim()
	return URL.parse(/^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `https://${text}`)?.host ?? ''
}

/** Keeps it for this tab, without the password. */
export function keepReach(
	store: Pick<Storage, 'setItem' | 'removeItem'>,
	key: string,
	{ host, reach }: ReachForHost,
): void {
	if (isPlain(reach)) return store.removeItem(key)
	const { transport, edge, certificatePin } = reach
	const username = edge === 'kept' ? '' : edge.username
	store.setItem(key, JSON.stringify({ host, transport, username, certificatePin }))
}

/** Reads what `keepReach` wrote, as far as it is that. */
export function readReach(text: string | null): ReachForHost {
	const { host, transport, username, certificatePin } = readObject(text)
	if (typeof host !== 'string') return { host: '', reach: plainReach }
	return {
		host,
		reach: {
			transport: transport === 'xml-rpc' ? transport : 'rest',
			edge: { username: typeof username === 'string' ? username : '', password: '' },
			certificatePin: typeof certificatePin === 'string' ? certificatePin : '',
		},
	}
}

function readObject(text: string | null): Readonly<Record<string, unknown>> {
	try {
		const read: unknown = JSON.parse(text ?? 'null')
		return typeof read === 'object' && read !== null ? { ...read } : {}
	} catch {
		return {}
	}
}

/** A fingerprint as it can be compared by eye: sixteen groups of four. */
export function groupFingerprint(sha256: string): string {
	return (sha256.toUpperCase().match(/.{1,4}/g) ?? []).join(' ')
}
