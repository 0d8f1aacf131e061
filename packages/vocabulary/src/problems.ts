/** Who can put it right: the person asking, who runs Postern, who administers the site, its host, or we. */
export type FixedBy = 'you' | 'operator' | 'site-admin' | 'host' | 'postern'

/** Whether the same request can ever succeed: not at all, after something changed, or after waiting. */
export type Retry = 'never' | 'after-change' | 'after-wait'

export type ProblemKind = {
	readonly status: number
	readonly fixedBy: FixedBy
	readonly retry: Retry
	/** Names of the values its sentences may use. */
	readonly params: readonly string[]
}

/** Values put into a problem's sentences. Safe to show to anybody; never a secret. */
export type ProblemParams = Readonly<Record<string, string | number>>

type Names = readonly string[]
const you = (status: number, params: Names = []): ProblemKind => change(status, 'you', params)

function change(status: number, fixedBy: FixedBy, params: Names = []): ProblemKind {
	return { status, fixedBy, retry: 'after-change', params }
}

function wait(status: number, fixedBy: FixedBy, params: Names = []): ProblemKind {
	return { status, fixedBy, retry: 'after-wait', params }
}

function never(status: number, fixedBy: FixedBy, params: Names = []): ProblemKind {
	return { status, fixedBy, retry: 'never', params }
}

/**
 * Every problem Postern can report. A code is public and permanent; its sentences live in `texts/<language>/problems.json`.
 * The names in brackets are the parameters of the sentences.
 */
export const problems = {
	// What was typed as an address.
	'address/required': you(422),
	'address/malformed': you(422),
	'address/too-long': you(422, ['limit']),
	'address/scheme-unsupported': you(422, ['scheme']),
	'address/host-malformed': you(422, ['host']),
	'address/port-not-allowed': you(422, ['port']),
	'address/credentials-inside': you(422),
	'address/own': you(422, ['host']), // Postern's own host
	'address/blocked': change(422, 'operator', ['host', 'allow']), // allow: the line to put into POSTERN_ALLOW_PRIVATE; the same for every kind of blocked address

	// On the way to the site.
	'network/unknown-host': you(502, ['host']),
	'network/refused': wait(502, 'host', ['host', 'port']),
	'network/timeout': wait(504, 'host', ['host', 'seconds']),
	'network/closed': wait(502, 'host', ['host']),
	'network/unreachable': wait(502, 'host', ['host']),
	'tls/self-signed': change(502, 'host', ['host']),
	'tls/expired': change(502, 'host', ['host', 'expiredAt']),
	'tls/wrong-name': change(502, 'host', ['host']),
	'tls/incomplete-chain': change(502, 'host', ['host']),
	'tls/not-https': change(502, 'you', ['host', 'port']), // answers plain http where https was asked
	'tls/failed': change(502, 'host', ['host']),
	'tls/pin-mismatch': you(502, ['host']), // another certificate than the one that was agreed to
	'redirect/loop': change(502, 'site-admin', ['host']),
	'redirect/other-site': you(422, ['host', 'target']), // target: another registrable domain
	'redirect/blocked-address': change(502, 'site-admin', ['host', 'from']), // from: who redirects there
	'redirect/insecure': change(502, 'site-admin', ['host', 'target']), // https sends us to http
	'redirect/while-verifying': change(502, 'site-admin', ['host', 'target']),
	'redirect/refused': change(502, 'site-admin', ['host']), // while a request was passed on
	'response/too-large': change(502, 'site-admin', ['host', 'limit']),
	'response/malformed': wait(502, 'host', ['host']), // breaks HTTP itself
	'response/encoding-unsupported': change(502, 'host', ['host']),
	'response/credential-inside': change(502, 'site-admin', ['host']), // the site shows what it was sent

	// What is there.
	'site/not-wordpress': you(422, ['host']),
	'site/not-ghost': you(422, ['host']),
	'site/too-old': change(422, 'site-admin', ['host', 'version']),
	'site/hosted-on-wordpress-com': never(422, 'you', ['host']),
	'site/maintenance': wait(502, 'site-admin', ['host', 'retryAt']), // retryAt: may be empty
	'site/fatal-error': change(502, 'site-admin', ['host']),
	'site/unavailable': wait(502, 'host', ['host', 'status']),
	'site/rate-limited': wait(502, 'site-admin', ['host', 'seconds']),
	'edge/challenge': change(502, 'site-admin', ['host', 'vendor']), // vendor: Cloudflare, SiteGround …
	'edge/basic-auth': change(502, 'site-admin', ['host', 'realm']),
	'edge/login-refused': you(502, ['host', 'realm']), // the staging login
	'edge/login-malformed': you(422),
	'edge/firewall': change(502, 'host', ['host', 'status']),
	'site/content-blocked': change(502, 'host', ['host', 'status', 'incident']), // incident: the firewall's own number, or ""
	'api/blocked': change(502, 'site-admin', ['host', 'plugin']), // plugin: "" or its name with the setting
	'api/not-found': change(502, 'site-admin', ['host']),
	'api/not-json': change(502, 'site-admin', ['host', 'pageTitle']),
	'api/spoilt': change(502, 'site-admin', ['host', 'excerpt']), // excerpt: what stands around the JSON, when it cannot be read
	'api/rest-needed': change(409, 'site-admin', ['host']), // the connector speaks XML-RPC
	'api/other-origin': you(422, ['host', 'target']), // target: the API root is announced on another origin
	'xml-rpc/off': change(502, 'site-admin', ['host']), // answers, but lets nobody sign in
	'xml-rpc/blocked': change(502, 'site-admin', ['host']), // no usable answer at xmlrpc.php
	'application-passwords/off': change(502, 'site-admin', ['host', 'plugin']), // plugin: "" or the name of the likely one
	'application-passwords/off-for-user': change(502, 'site-admin', ['host', 'username']),
	'application-passwords/no-https': change(502, 'site-admin', ['host']),
	'application-passwords/https-not-recognized': change(502, 'host', ['host']),
	'cache/shares-identity': change(502, 'site-admin', ['host']),

	// What was typed as, or is stored as, the site credential.
	'site-credential/username-required': you(422),
	'site-credential/username-malformed': you(422),
	'site-credential/username-too-long': you(422, ['limit']),
	'site-credential/password-required': you(422),
	'site-credential/password-length': you(422, ['length']), // length: letters and digits found, 24 are needed
	'site-credential/looks-like-login-password': you(422),
	'site-credential/mask': you(422),
	'site-credential/admin-api-key-required': you(422),
	'site-credential/admin-api-key-malformed': you(422),
	'site-credential/looks-like-content-api-key': you(422),
	'site-credential/admin-api-key-rejected': change(502, 'you', ['host']),
	'site-credential/clock-differs': change(502, 'operator', ['host']), // a signature of ours was too old for the site, or too new
	'site-credential/rejected': change(502, 'you', ['host', 'username']), // WordPress itself said no over XML-RPC as well
	'site-credential/rejected-or-stripped': change(502, 'you', ['host', 'username']),
	'site-credential/wrong-password': change(502, 'you', ['host', 'username']),
	'site-credential/unknown-user': change(502, 'you', ['host', 'username']),
	'site-credential/header-stripped': change(502, 'host', ['host', 'server']), // server: the web server it names, or ""
	'site-credential/header-stripped-by-permalinks': change(502, 'site-admin', ['host', 'server']), // plain ones, on Apache: one setting repairs both
	'site-credential/expired': change(502, 'you', ['host', 'username']),
	'site-credential/two-factor': change(502, 'site-admin', ['host', 'username']),
	'site-credential/old-basic-auth': change(502, 'site-admin', ['host']), // the plugin of that name judges before WordPress does
	'site-credential/not-what-authenticated': change(502, 'site-admin', ['host']),
	'site-credential/role-too-low': change(502, 'site-admin', ['host', 'username', 'role']),
	'site-credential/not-a-member': change(502, 'site-admin', ['host', 'username']),
	'site-credential/permissions-removed': change(502, 'site-admin', ['host', 'username']), // it had some at the check before
	'site-credential/resting': change(502, 'you', ['host']), // refused three times, and not sent again
	'site-credential/name-taken': you(409, ['host', 'name']), // of an application password on the site
	'site-credential/locked-out': wait(502, 'site-admin', ['host', 'retryAt']), // retryAt: may be empty
	'site-credential/entered-for-other-origin': change(409, 'you', ['host']),

	// Connectors.
	'connector-type/unknown': you(422, ['type']),
	'connector-name/required': you(422),
	'connector-name/too-long': you(422, ['limit']),
	'connector-name/malformed': you(422),
	'connector/draft-expired': you(410),
	'connector/paused': you(409),
	'connector-tag/malformed': you(422, ['limit']),
	'connector-tag/limit': you(422, ['limit']),

	// A list of connections to import, read in the browser.
	'import/encoding-unsupported': you(422),
	'import/too-large': you(422, ['limit']), // limit: in MB
	'import/malformed': you(422, ['line']),
	'import/empty': you(422),
	'import/column-missing': you(422, ['column']),
	'import/column-repeated': you(422, ['column']),
	'import/too-many-rows': you(422, ['limit']),
	'import/rows-repeated': you(422, ['lines']), // lines: their numbers, with commas between them
	'connector/rotating': wait(409, 'you', ['seconds']),
	'connector/password-shared': you(409, ['host']), // another connector would lose it
	'rotation/not-possible': you(409, ['host']),
	'rotation/refused': change(502, 'site-admin', ['host']),
	'rotation/unproven': change(502, 'site-admin', ['host']), // made, but not taken
	'rotation/old-left': you(502, ['host', 'name']), // name: of the password that stays

	// “Approve in WordPress”: what the person came back with.
	'approval/not-offered': change(422, 'site-admin', ['host']),
	'approval/state-unknown': you(400),
	'approval/state-used': you(400),
	'approval/expired': you(400),
	'approval/repeated': you(400, ['host']), // another password came with it, and was removed there
	'approval/password-left': you(502, ['host', 'name']), // name: of the password that stays there
	'approval/malformed': you(400),
	'approval/rejected': you(400),
	'approval/disabled': change(422, 'site-admin', ['host']),
	'approval/site-mismatch': you(400, ['host']),
	'approval/user-mismatch': you(422, ['host']),

	// Application passwords.
	'application-password/name-required': you(422),
	'application-password/name-too-long': you(422, ['limit']),
	'application-password/app-id-malformed': you(422),
	'application-password/scope-unknown': you(422, ['scope']),
	'application-password/scope-not-offered': you(422, ['scope']), // by no connector that it is for
	'application-password/scope-beyond-role': change(403, 'operator', ['scope', 'needed']),
	'application-password/scope-beyond-caller': you(403, ['scope']),
	'application-password/scope-missing': you(403, ['scope']), // scope: what the password lacks, with commas between them
	'application-password/not-allowed-here': you(403), // no scope admits to it
	'application-password/drafts-only': you(403), // the post is no draft
	'application-password/not-own': you(403), // the post is somebody else's
	'application-password/wrong-type': you(403), // the id is of something else
	'application-password/everything-unconfirmed': you(422),
	'application-password/connector-unknown': you(422),
	'application-password/address-malformed': you(422, ['address']),
	'application-password/expiry-past': you(422),
	'application-password/quota': you(422, ['limit']),
	'application-password/not-for-sign-in': you(401), // typed into our own sign-in form
	'application-password/credentials-wrong': you(401),
	'application-password/refused': you(401, ['reason']), // reason: expired, address, second-factor, off, off-for-account
	'site-credential/own': you(422), // an application password of this Postern, typed for a site

	// Accounts and workspace.
	'setup/token-wrong': you(403),
	'account/session-required': you(401),
	'account/credentials-wrong': you(401),
	'account/second-factor-wrong': you(401),
	'account/throttled': wait(429, 'you', ['seconds']),
	'account/username-malformed': you(422),
	'account/username-taken': you(409),
	'account/email-malformed': you(422),
	'account/email-taken': you(409),
	'account/password-too-short': you(422, ['limit']),
	'account/password-too-long': you(422, ['limit']),
	'account/password-common': you(422),
	'account/two-factor-state': you(409),
	'account/step-up-required': you(401),
	'account/passkey-refused': you(401),
	'account/passkey-name-malformed': you(422, ['limit']),
	'account/passkey-limit': you(409, ['limit']),
	'account/passkey-unavailable': change(409, 'operator'), // the address is a number, or plain http

	// Whom we tell.
	'webhook/limit': you(409, ['limit']),
	'webhook/not-accepted': change(502, 'you', ['host', 'status']), // the answer was not 2xx
	'mail/not-sent': change(502, 'operator'), // POSTERN_SMTP_URL

	// The link by which a site’s owner connects it.
	'connect-link/invalid': you(410),
	'connect-link/limit': you(409, ['limit']),

	'invitation/invalid': you(410),
	'recovery-link/invalid': you(410),
	'workspace/name-malformed': you(422, ['limit']),
	'member/last-owner': you(409),
	'role/insufficient': change(403, 'operator', ['needed']),

	// Requests to our own API.
	'request/not-found': you(404),
	'request/method-not-allowed': never(405, 'you', ['allow']),
	'request/content-type': never(415, 'you'),
	'request/content-encoding': never(415, 'you'),
	'request/body-too-large': never(413, 'you', ['limit']),
	'request/header-too-large': never(431, 'you', ['limit']),
	'request/malformed': never(400, 'you'),
	'request/json-syntax': never(400, 'you'),
	'request/json-too-deep': never(400, 'you', ['limit']),
	'request/json-unknown-key': never(400, 'you', ['key']),
	'request/json-duplicate-key': never(400, 'you', ['key']),
	'request/type-error': never(422, 'you', ['field']),
	'request/number-range': never(422, 'you', ['field']),
	'request/origin-unknown': change(421, 'operator', ['host']),
	'request/cross-site': never(403, 'you'),
	'request/throttled': wait(429, 'you', ['seconds']),

	// The record of what passes the gateway.
	'gateway/navigation-refused': never(403, 'you'),
	'gateway/busy': wait(503, 'you'),
	'gateway/site-resting': wait(503, 'host', ['host']),
	'gateway/record-unavailable': wait(503, 'operator'), // nothing passes that cannot be recorded
	'gateway/writes-used-up': wait(429, 'you', ['limit']), // until midnight, UTC
	'gateway/xml-rpc-only': you(501, ['host']), // a connector that speaks XML-RPC was asked for REST
	'gateway/credential-replaced': wait(503, 'you', ['host']), // while the request was on its way

	// Requests to a site, through the gateway: how they are spelled.
	'gateway/path-malformed': never(400, 'you'),
	'gateway/parameter-refused': never(400, 'you', ['name']),
	'gateway/parameter-conflict': never(400, 'you', ['name']), // given twice, with different values
	'gateway/header-refused': never(400, 'you', ['name']),
	'gateway/body-malformed': never(400, 'you'),

	// Postern itself.
	'start/configuration': change(500, 'operator', ['name', 'reason']),
	'start/data-folder-in-use': change(500, 'operator', ['path', 'pid']),
	'start/data-folder-newer': change(500, 'operator', ['path', 'version']),
	'start/vault-key': change(500, 'operator', ['path', 'reason']),
	'start/port-in-use': change(500, 'operator', ['port']),
	'postern/unreachable': wait(503, 'operator'),
	'store/unavailable': wait(503, 'operator'),
	'store/full': change(507, 'operator'),
	'vault/cannot-open': change(500, 'operator'),
	'internal/bug': never(500, 'postern', ['requestId']),
} as const satisfies Record<string, ProblemKind>

export type ProblemCode = keyof typeof problems
export const problemCodes = Object.keys(problems).filter((code): code is ProblemCode => code in problems)
