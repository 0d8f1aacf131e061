export { askByFetch } from './ask-by-fetch.ts'
export { checkCredential } from './check-credential.ts'
export { discover } from './discover.ts'
export { readEdgeLogin } from './edge-login.ts'
export { findXmlRpc } from './find-xml-rpc.ts'
export { fingerprintsVersion } from './fingerprints.ts'
export { createLadder, type Ladder } from './ladder.ts'
export { readLatestPosts } from './read-latest-posts.ts'
export {
	type KnownConnection,
	recheckSiteCredential,
	type RecheckResult,
	type RefusedLogin,
} from './recheck-site-credential.ts'
export { createRequestBudget, type RequestBudget } from './request-budget.ts'
export { createSitePassword, deleteSitePassword, listSitePasswords } from './site-passwords.ts'
export { listSitesOfLogin } from './sites-of-login.ts'
export { tryDraft } from './try-draft.ts'
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
export { verifyOverXmlRpc } from './verify-over-xml-rpc.ts'
