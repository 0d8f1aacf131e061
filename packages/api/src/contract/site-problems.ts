import { problemCodes, problems } from '@postern/vocabulary'

const codesOf = (areas: RegExp) => problemCodes.filter((code) => areas.test(code))

/** What can be wrong with an address. */
export const addressProblems = codesOf(/^address\//)

/** What can be wrong with an address, on the way to a site, and there, without a credential. */
export const siteProblems = codesOf(
	/^(?:address|network|tls|redirect|response|site|edge|api|xml-rpc|application-passwords)\//,
)

/** What a site says of a credential, and what is judged before anything is sent. */
export const credentialProblems = codesOf(/^site-credential\//)

/** Of these, what is judged before anything is sent: what a site says of a credential is never 422. */
export const typedCredentialProblems = credentialProblems.filter((code) => problems[code].status === 422)
