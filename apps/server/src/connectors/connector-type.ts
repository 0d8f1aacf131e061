import type { ConnectorTypeDocument, SiteDocument } from '@postern/api/contract'
import type { Diagnosis, Evidence, Result, SiteCredential } from '@postern/vocabulary'
import type {
	DiscoveredSite,
	DiscoverPorts,
	DraftTrial,
	NewSitePassword,
	PostSummary as WordPressPost,
	ProbePorts,
	SiteOfLogin,
	SitePassword,
} from '@postern/wp-client'
import type { ConnectorAccount, ConnectorFacts, ConnectorSite } from '../store/connector/connector.ts'
import type { Reach } from '../store/connector/reach.ts'
import type { Reached } from '../store/connector/reached.ts'

/** A kind of platform that can be connected: what the form asks, and how to prove the answers. One folder each. */
export type ConnectorType = {
	/** Fields, texts and what it can do, served to the web app as data. */
	readonly document: ConnectorTypeDocument
	/** Looks at an address without any secret of the account. */
	find(address: string, ports: FindPorts): Promise<FindResult>
	/** Looks, in fewer requests than a proof takes, whether all is as it was when the connection was proved last. */
	recheck?(known: KnownConnection, credential: SiteCredential, ports: FindPorts): Promise<Rechecked>
	/** Judges what was typed, by the names of the document's fields, before anything is sent. Fails with `site-credential/…`. */
	readCredential(typed: Readonly<Record<string, string>>): Result<SiteCredential>
	readLatestPosts(reached: Reached, ports: VisitPorts): Promise<Result<LatestPosts>>
	/** Those that the account has on the site: for rotation and revocation. */
	readonly passwords?: SitePasswords
	/** Writes a marked draft, reads it back and deletes it. */
	tryDraft?(reached: Reached, ports: VisitPorts): Promise<Result<DraftTrial>>
	/** What else the same login opens. */
	listSites?(reached: Reached, ports: VisitPorts): Promise<Result<readonly SiteOfLogin[]>>
}

/** Newest first, five of each at most; in the words of WordPress for a `status`. */
export type LatestPosts = { readonly posts: readonly PostSummary[]; readonly drafts: readonly PostSummary[] }

/** Platforms number their posts, or give them names. */
export type PostSummary = Omit<WordPressPost, 'id'> & { readonly id: number | string }

/** The reach goes along with every request. */
export type FindPorts = Omit<DiscoverPorts, 'edge' | 'pin'> & { readonly reach: Reach }

/** The reach is that of what is visited. */
export type VisitPorts = Omit<ProbePorts, 'edge' | 'pin'>

/** A site behind an address, and how to prove a credential there. The budget of the ports is that of both. */
export type FoundSite = {
	/** What may be told of it; its `url` is on the origin that answered. */
	readonly document: SiteDocument
	/** What the site calls itself, where it tells; whatever it was asked as. */
	readonly homeUrl?: string
	/** Where a person may approve us with one click. */
	readonly approval: Approval | undefined
	/** Of the requests so far. */
	readonly evidence: readonly Evidence[]
	/** Proves a credential on a route that needs one. The secret goes to the origin of `document.url` only. */
	verify(credential: SiteCredential): Promise<ProofResult>
}

export type Approval = { readonly endpoint: string } & Pick<DiscoveredSite, 'siteUrl' | 'homeUrl' | 'wordpressUrl'>

type Failed = {
	readonly ok: false
	readonly diagnosis: Diagnosis
	/** What was learnt before it failed. */
	readonly site?: Partial<SiteDocument>
	/** The site took the very credential; the trouble is something else, for instance what the account may do. */
	readonly facts?: ConnectorFacts
}

export type FindResult = { readonly ok: true; readonly value: FoundSite } | Failed
export type ProofResult = { readonly ok: true; readonly value: ConnectorFacts } | Failed
/** A proof, or less: that everything is as it was. */
export type LookResult = ProofResult | { readonly ok: true; readonly asBefore: Pick<ConnectorAccount, 'displayName'> }

/** Of what a proof said, as much as looking again takes. */
export type KnownConnection = {
	readonly site: Pick<ConnectorSite, 'url' | 'adminUrl' | 'apiRootUrl' | 'apiRootStyle'>
	readonly account: ConnectorAccount
	readonly capabilities: readonly string[]
}

export type Rechecked =
	/** Only what nobody decides by may have changed. */
	| { readonly ok: true; readonly value: Pick<ConnectorAccount, 'displayName'> }
	/** Something is not as it was. Whether that is trouble, a proof tells; this `find` knows of a login that was refused. */
	| { readonly ok: false; readonly find: ConnectorType['find'] }

export type SitePasswords = {
	create(reached: Reached, wanted: { name: string; appId: string }, ports: VisitPorts): Promise<Result<NewSitePassword>>
	list(reached: Reached, ports: VisitPorts): Promise<Result<readonly SitePassword[]>>
	/** `gone`: there was none of this id any more. */
	delete(reached: Reached, uuid: string, ports: VisitPorts): Promise<Result<'deleted' | 'gone'>>
}
