import type { ConnectorState, Diagnosis, Note, Permission, ProblemCode } from '@postern/vocabulary'
import type { SealedReach } from './reach.ts'

/** What was found out about the site behind a connector. */
export type ConnectorSite = {
	/** The address as it is shown and opened. */
	readonly url: string
	/** The one origin to which the site credential may go; part of the seal. */
	readonly origin: string
	/** As it is shown; international hosts in their own script. */
	readonly host: string
	readonly title: string
	readonly homeUrl: string
	readonly apiRootUrl: string
	readonly apiRootStyle: 'path' | 'query'
	readonly authorizationEndpoint: string | null
	readonly adminUrl: string
	/** Of the platform that the connector type is for: WordPress, or another. */
	readonly wordpressVersion: string | null
	/** Of its REST API. */
	readonly namespaces: readonly string[]
	/** Custom ones that its REST API shows; `restBase` is their part of a route. */
	readonly postTypes: readonly PostType[]
	/** Custom ones, as well. */
	readonly taxonomies: readonly Taxonomy[]
}

export type Taxonomy = { readonly restBase: string; readonly slug: string }

export type PostType = { readonly restBase: string; readonly name: string; readonly slug: string }

/** Who we are there. */
export type ConnectorAccount = {
	readonly username: string
	readonly userId: number
	readonly displayName: string
	readonly roles: readonly string[]
}

/** All that a successful verification proves; a check and a reconnection prove it anew. */
export type ConnectorFacts = {
	readonly site: ConnectorSite
	readonly account: ConnectorAccount
	/** What the account may do, summed up; `capabilities` are the names WordPress gives them. */
	readonly permissions: readonly Permission[]
	readonly capabilities: readonly string[]
	/** Not the password: its id and name in WordPress, where WordPress tells. */
	readonly applicationPassword: { readonly uuid: string | null; readonly name: string | null }
	readonly notes: readonly Note[]
}

/** What a check can find. */
export type CheckedState = Exclude<ConnectorState, 'paused'>

/** Of a site that takes the credential: `limited` when the account may not publish. */
export function workingState(permissions: readonly Permission[]): CheckedState {
	return permissions.includes('publish') ? 'healthy' : 'limited'
}

/** The outcome of the last check. */
export type ConnectorHealth = {
	readonly state: CheckedState
	/** Why, when the last check failed. */
	readonly diagnosis: Diagnosis | null
	readonly checkedAt: Date | null
	readonly latencyMs: number | null
}

/**
 * The site credential and the way to its site as the vault sealed them, and the version their seals are bound to: both are
 * replaced together.
 */
export type SealedCredential = {
	readonly sealed: Uint8Array
	readonly sealVersion: number
	readonly reach: SealedReach
}

export const credentialSources = ['pasted', 'approved', 'rotated', 'imported', 'link'] as const
/** By which way a site credential came to us. */
export type CredentialSource = (typeof credentialSources)[number]

export type CredentialOrigin = {
	readonly credentialFrom: CredentialSource
	/** False: it travelled in an address, and nothing has taken its place yet. */
	readonly isRotated: boolean
}

export type Connector = ConnectorFacts &
	CredentialOrigin &
	Omit<ConnectorHealth, 'state'> & {
		readonly id: string
		readonly workspaceId: string
		/** Its name in addresses of the gateway; it never changes. */
		readonly slug: string
		/** As shown: `paused` hides what the last check found. */
		readonly state: ConnectorState
		readonly isPaused: boolean
		readonly type: string
		readonly phase: 'draft' | 'saved'
		/** Empty for a draft. */
		readonly name: string
		readonly sealVersion: number
		readonly transport: SealedReach['transport']
		/** Who logs in at the web server in front of the site. */
		readonly edgeUsername: string | null
		/** SHA-256 of the one certificate that is trusted, in lower-case hex. */
		readonly certificatePin: string | null
		readonly rotateEveryDays: number | null
		/** When Postern last put a password of its own making in the place of the one before. */
		readonly rotatedAt: Date | null
		/** Why the last rotation left the password as it is; null: it did not. */
		readonly rotationProblem: ProblemCode | null
		/** As they are shown, in order. */
		readonly tags: readonly string[]
		/** The account that connected it. */
		readonly createdBy: string
		/** As it is called now; null when it is gone. */
		readonly ownerName: string | null
		readonly createdAt: Date
		readonly updatedAt: Date
		/** When an unsaved draft is deleted; null for a saved connector. */
		readonly expiresAt: Date | null
		/** Grows with every change of the row. */
		readonly rowVersion: number
	}

/** Its id comes from `newId('con')`, because the seal is bound to it. */
export type NewDraft = ConnectorFacts &
	ConnectorHealth &
	CredentialOrigin &
	SealedCredential & {
		readonly id: string
		readonly workspaceId: string
		readonly type: string
		readonly createdBy: string
		readonly expiresAt: Date
	}

export type MatchingConnector = { readonly id: string; readonly name: string; readonly host: string }

export type ConnectorPage = {
	readonly connectors: readonly Connector[]
	/** How many match, on all pages. */
	readonly total: number
	readonly nextCursor: string | null
}

export type ConnectorSort = 'name' | 'created' | 'checked' | 'state'
export type ConnectorOrder = 'asc' | 'desc'

export type ConnectorFilter = {
	readonly workspaceId: string
	/** Part of the name or host, in any case. */
	readonly search?: string | undefined
	readonly state?: ConnectorState | undefined
	readonly type?: string | undefined
	/** In any case. */
	readonly tag?: string | undefined
	/** The account that connected it. */
	readonly owner?: string | undefined
	/** Ids; without any, or with `all`, those of the whole workspace. */
	readonly within?: 'all' | readonly string[] | undefined
}

export type ConnectorQuery = ConnectorFilter & {
	readonly sort: ConnectorSort
	/** Without one: by name from the beginning, the newest and the last checked first, and what needs somebody most. */
	readonly order?: ConnectorOrder | undefined
	readonly cursor?: string | undefined
	readonly limit: number
}
