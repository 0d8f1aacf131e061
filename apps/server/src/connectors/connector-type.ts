import type { ConnectorTypeDocument } from '@postern/api/contract'
import type {
	DiscoveredSite,
	DiscoverPorts,
	DiscoverResult,
	LatestPosts,
	ProbePorts,
	VerifyResult,
} from '@postern/wp-client'
import type { Result, Secret } from '@postern/vocabulary'

/** What a person typed, read: nothing is left to judge before it is sent. */
export type ReadCredential = { readonly username: string; readonly password: Secret }

/** A kind of platform that can be connected: what the form asks, and how to prove the answers. One folder each. */
export type ConnectorType = {
	/** Fields and texts, served to the web app as data. */
	readonly document: ConnectorTypeDocument
	/** Looks at an address without any secret. */
	discover(address: string, ports: DiscoverPorts): Promise<DiscoverResult>
	/** Judges what was typed before anything is sent. Fails with `site-credential/…`. */
	readCredential(typed: { username: string; password: string }): Result<ReadCredential>
	verify(site: DiscoveredSite, credential: ReadCredential, ports: ProbePorts): Promise<VerifyResult>
	readLatestPosts(site: DiscoveredSite, credential: ReadCredential, ports: ProbePorts): Promise<Result<LatestPosts>>
}
