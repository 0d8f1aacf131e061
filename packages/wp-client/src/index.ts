export { checkCredential, type SiteCredential } from './check-credential.ts'
export { discover } from './discover.ts'
export { fingerprintsVersion } from './fingerprints.ts'
export { readLatestPosts } from './read-latest-posts.ts'
export { createRequestBudget, type RequestBudget } from './request-budget.ts'
export type {
	DiscoveredSite,
	DiscoverPorts,
	DiscoverResult,
	DraftTrial,
	EdgeLogin,
	FoundBy,
	LatestPosts,
	NewSitePassword,
	PostSummary,
	ProbePorts,
	ReachableSite,
	RungEvent,
	SiteCredentialInput,
	SiteOfLogin,
	SitePassword,
	Transport,
	VerifiedAccount,
	VerifyResult,
} from './types.ts'
export { verifySiteCredential } from './verify-site-credential.ts'
