import type {
	AskSite,
	Diagnosis,
	Evidence,
	Note,
	NoteCode,
	Permission,
	ProblemCode,
	ProblemParams,
	Rung,
	RungState,
	Secret,
} from '@postern/vocabulary'
import type { ApiRoot, SitePostType, SiteTaxonomy } from '@postern/wordpress'
import type { RequestBudget } from './request-budget.ts'

/** One step of the ladder has changed its state. `detail` names the problem that failed it, or the remark. */
export type RungEvent = {
	readonly rung: Rung
	readonly state: RungState
	/** Since the rung began to run; on `passed`, `noted` and `failed`. */
	readonly elapsedMs?: number
	readonly detail?: { readonly code: ProblemCode | NoteCode; readonly params: ProblemParams }
}

/** How WordPress is spoken to: over its REST API, or over XML-RPC, where the site credential travels in the body. */
export type Transport = 'rest' | 'xml-rpc'

/** A login that the web server asks for in front of WordPress (Basic), as staging sites have it. */
export type EdgeLogin = { readonly username: string; readonly password: Secret }

export type ProbePorts = {
	readonly ask: AskSite
	/** Milliseconds since 1970. */
	readonly clock: () => number
	readonly onRung?: (event: RungEvent) => void
	/** Hand the same budget to `discover` and `verifySiteCredential`; 12 requests for both unless told. */
	readonly budget?: RequestBudget
	readonly signal?: AbortSignal
	/** Sent to the origin of the address only, or to the same host once it has moved to https; never over http after https. */
	readonly edge?: EdgeLogin
	/** As in `SiteRequest`; counts for the host of the address only. */
	readonly pin?: string
	/** Of one request; 10 s unless told. */
	readonly timeoutMs?: number
	/** Waits out a short `Retry-After`, once; a timer unless told. */
	readonly wait?: (ms: number) => Promise<void>
}

export type DiscoverPorts = ProbePorts & {
	/** Origins at which Postern itself answers: a connector to ourselves would be a loop. */
	readonly ownOrigins: readonly string[]
	/** Ports allowed besides the usual web ports. */
	readonly extraPorts?: readonly number[]
}

export type FoundBy =
	| 'link-header'
	| 'link-tag'
	| 'rsd'
	| 'wp-json'
	| 'rest-route'
	| 'index-rest-route'
	| 'parent'
	| 'xml-rpc'

/** What a site says about itself to anybody. Plain data: it may be stored as JSON and handed back to `verifySiteCredential`. */
export type DiscoveredSite = {
	/** The address people use, on the origin that answered; no trailing slash. The site credential goes to this origin only. */
	readonly siteUrl: string
	/** What the site calls its home; differs from `siteUrl` behind proxies and after moves. */
	readonly homeUrl: string
	/** The folder of `wp-admin` and `xmlrpc.php`, on the origin of `siteUrl`; no trailing slash. */
	readonly wordpressUrl: string
	readonly title: string
	readonly description?: string
	readonly root: ApiRoot
	readonly foundBy: FoundBy
	readonly namespaces: readonly string[]
	readonly applicationPasswords: 'on' | 'off' | 'unknown'
	/** Same origin only; as the site announced it. */
	readonly authorizationEndpoint?: string
	/** Why an announced endpoint was not taken. */
	readonly authorizationEndpointDropped?: 'other-origin' | 'malformed'
	readonly wordpressVersion?: string
	/** The index is refused to visitors; `verifySiteCredential` asks again with the credential. */
	readonly isIndexClosed: boolean
	/** How it was found: `xml-rpc` by `findXmlRpc`. None: REST. */
	readonly transport?: Transport
	/** Same origin only. Where it is not told, `xmlrpc.php` in the folder of `wordpressUrl`. */
	readonly xmlRpcUrl?: string
	/** The section of wp-admin in which a person makes an application password. */
	readonly adminUrl: string
	readonly notes: readonly Note[]
	readonly evidence: readonly Evidence[]
}

/** What it takes to use a credential on a site that was discovered before. */
export type ReachableSite = Pick<
	DiscoveredSite,
	'siteUrl' | 'wordpressUrl' | 'root' | 'isIndexClosed' | 'transport' | 'xmlRpcUrl'
>

export type DiscoverResult =
	| { readonly ok: true; readonly value: DiscoveredSite }
	/** `site`: what was learnt before it failed, for instance when only application passwords are off. */
	| { readonly ok: false; readonly diagnosis: Diagnosis; readonly site?: Partial<DiscoveredSite> }

export type SiteCredentialInput = {
	/** As typed: trimmed and checked here. */
	readonly username: string
	/** As typed: spaces are removed here. */
	readonly password: string | Secret
}

export type VerifiedAccount = {
	readonly userId: number
	/** The canonical one, also when an e-mail address was typed. */
	readonly username: string
	readonly displayName: string
	readonly roles: readonly string[]
	readonly permissions: readonly Permission[]
	/** The granted ones, sorted, 500 at most. */
	readonly capabilities: readonly string[]
	readonly passwordUuid?: string
	readonly passwordName?: string
	/** Custom ones that the account may edit; none where the site does not tell. */
	readonly postTypes: readonly SitePostType[]
	/** Custom ones whose terms the account may give to posts, as well. */
	readonly taxonomies: readonly SiteTaxonomy[]
	/** Only over XML-RPC, where nothing told before the login. */
	readonly siteTitle?: string
	readonly wordpressVersion?: string
	/** Filled when only the credential opened the index. */
	readonly namespaces?: readonly string[]
	readonly authorizationEndpoint?: string
	readonly notes: readonly Note[]
	readonly evidence: readonly Evidence[]
}

export type VerifyResult =
	| { readonly ok: true; readonly value: VerifiedAccount }
	/** `account`: the site took this very password; the trouble is something else. */
	| { readonly ok: false; readonly diagnosis: Diagnosis; readonly account?: VerifiedAccount }

export type PostSummary = {
	readonly id: number
	/** Plain text: a surface must still escape it. */
	readonly title: string
	readonly status: string
	/** http(s) only. */
	readonly link?: string
	readonly date?: Date
	readonly modified?: Date
}

/** Newest first, five of each at most. */
export type LatestPosts = { readonly posts: readonly PostSummary[]; readonly drafts: readonly PostSummary[] }

/** An application password that WordPress has just made. It is never shown again. */
export type NewSitePassword = { readonly uuid: string; readonly name: string; readonly password: Secret }

/** An application password of the account, as WordPress lists it. */
export type SitePassword = {
	readonly uuid: string
	readonly name: string
	readonly appId: string
	readonly created: Date | undefined
}

/** A site on which a login is a member. */
export type SiteOfLogin = { readonly url: string; readonly name: string; readonly isAdmin: boolean }

/** What became of a draft that was written to be read back and deleted. */
export type DraftTrial = {
	readonly steps: readonly { readonly step: 'write' | 'read' | 'delete'; readonly elapsedMs: number }[]
	readonly stored: 'as-sent' | 'changed'
	/** It could not be deleted. */
	readonly leftBehind?: { readonly id: number; readonly url: string }
}
