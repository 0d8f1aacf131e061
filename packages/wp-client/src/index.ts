export { checkCredential, type SiteCredential } from './check-credential.ts'
export { discover } from './discover.ts'
export { fingerprintsVersion } from './fingerprints.ts'
export { readLatestPosts } from './read-latest-posts.ts'
export { createRequestBudget, type RequestBudget } from './request-budget.ts'
export type {
	DiscoveredSite,
	DiscoverPorts,
	DiscoverResult,
	FoundBy,
	LatestPosts,
	PostSummary,
	ProbePorts,
	ReachableSite,
	RungEvent,
	SiteCredentialInput,
	VerifiedAccount,
	VerifyResult,
} from './types.ts'
export { verifySiteCredential } from './verify-site-credential.ts'
