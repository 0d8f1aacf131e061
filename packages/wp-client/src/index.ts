export { createRequestBudget, type RequestBudget } from './request-budget.ts'
export type {
	Discover,
	DiscoveredSite,
	DiscoverPorts,
	DiscoverResult,
	FoundBy,
	LatestPosts,
	PostSummary,
	ProbePorts,
	RungEvent,
	SiteCredentialInput,
	VerifiedAccount,
	VerifyResult,
	VerifySiteCredential,
} from './types.ts'
