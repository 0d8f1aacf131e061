/**
 * Every event the audit log may hold; names are public and permanent. The names in brackets are the values its sentence
 * may use (`target`: the name of the thing); the sentences live in `texts/<language>/audit.json`.
 */
export const auditEventParams = {
	'setup.completed': [],
	'account.signed-in': [],
	'account.sign-in-failed': [],
	'account.signed-out': [],
	'account.password-changed': [],
	'account.two-factor-enabled': [],
	'account.two-factor-disabled': [],
	'account.recovery-codes-replaced': [],
	'account.recovery-link-created': ['target'],
	'account.recovered': [],
	'account.session-revoked': [],
	'account.stepped-up': [],
	'account.passkey-added': ['name'],
	'account.passkey-renamed': ['from', 'to'],
	'account.passkey-removed': ['name'],
	'account.passkey-counter-regressed': ['name'],
	'workspace.renamed': ['from', 'to'],
	'member.invited': ['role'],
	'member.invitation-revoked': [],
	'member.joined': ['target'],
	'member.role-changed': ['target', 'from', 'to'],
	'member.removed': ['target'],
	'connector.verified': ['host'],
	'connector.verification-failed': ['host', 'code'],
	'connector.created': ['target'],
	'connector.renamed': ['from', 'to'],
	'connector.checked': ['target'],
	'connector.reconnected': ['target'],
	'connector.deleted': ['target'],
	'connector.expired': ['host'],
	'site.read': ['target'],
	'application-password.created': ['target', 'owner'],
	'application-password.approved': ['target', 'owner', 'host'],
	'application-password.rejected': ['host'],
	'application-password.renamed': ['owner', 'from', 'to'],
	'application-password.replaced': ['target', 'owner'],
	'application-password.revoked': ['target', 'owner'],
	'application-password.used-from-new-address': ['target', 'owner', 'ip'],
	'application-password.refused': ['code', 'ip'],
	'account.api-login-changed': ['target', 'to'],
	'workspace.api-login-changed': ['to'],
	'machine.created': ['target'],
} as const satisfies Record<string, readonly string[]>

export type AuditEvent = keyof typeof auditEventParams
export const auditEvents = Object.keys(auditEventParams).filter(
	(event): event is AuditEvent => event in auditEventParams,
)
