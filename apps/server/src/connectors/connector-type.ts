import type { ConnectorTypeDocument } from '@postern/api/contract'
import type {
	DiscoveredSite,
	DiscoverPorts,
	DiscoverResult,
	LatestPosts,
	ProbePorts,
	ReachableSite,
	SiteCredential,
	VerifyResult,
} from '@postern/wp-client'
import type { Result } from '@postern/vocabulary'

/** A kind of platform that can be connected: what the form asks, and how to prove the answers. One folder each. */
export type ConnectorType = {
	/** Fields and texts, served to the web app as data. */
	readonly document: ConnectorTypeDocument
	/** Looks at an address without any secret. */
	discover(address: string, ports: DiscoverPorts): Promise<DiscoverResult>
	/** Judges what was typed before anything is sent. Fails with `site-credential/…`. */
	readCredential(typed: { username: string; password: string }): Result<SiteCredential>
	verify(site: DiscoveredSite, credential: SiteCredential, ports: ProbePorts): Promise<VerifyResult>
	readLatestPosts(site: ReachableSite, credential: SiteCredential, ports: ProbePorts): Promise<Result<LatestPosts>>
}
