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
} as const satisfies Record<string, readonly string[]>

export type AuditEvent = keyof typeof auditEventParams
export const auditEvents = Object.keys(auditEventParams).filter(
	(event): event is AuditEvent => event in auditEventParams,
)
