export { auditEventParams, auditEvents, type AuditEvent } from './audit-events.ts'
export type { AskSite, SiteAnswer, SiteRequest } from './ask-site.ts'
export { loadTexts } from '#catalogues'
export type { PresetText, ProblemText } from './catalogues/catalogue.ts'
export { pinnable, type Certainty, type Diagnosis, type Evidence, type SiteCertificate } from './diagnosis.ts'
export { languages, type Language } from './languages.ts'
export { problemOfNetworkError } from './network-errors.ts'
export { noteCodes, notes, type Note, type NoteCode } from './notes.ts'
export {
	problemCodes,
	problems,
	type FixedBy,
	type ProblemCode,
	type ProblemKind,
	type ProblemParams,
	type Retry,
} from './problems.ts'
export { fail, ok, type Failure, type Ok, type Problem, type Result } from './result.ts'
export { hasRole, roles, type Role } from './roles.ts'
export {
	connectorStates,
	permissions,
	rungs,
	type ConnectorState,
	type Permission,
	type Rung,
	type RungState,
} from './rungs.ts'
export { capabilitiesWithin, scopeCapabilities, scopesOffered } from './scope-capabilities.ts'
export {
	holds,
	isDangerousNamespace,
	isNamespace,
	isOfPostern,
	isScope,
	isStaticScope,
	isTypeBase,
	namespaceVerbs,
	presetNames,
	presets,
	presetWithin,
	readDynamic,
	roleOf,
	scopeRoles,
	scopes,
	scopesBeyond,
	scopesWithin,
	typeVerbs,
	withIncluded,
	type DynamicScope,
	type NamespaceScope,
	type NamespaceVerb,
	type PosternScope,
	type Preset,
	type Scope,
	type StaticScope,
	type TypeScope,
	type TypeVerb,
} from './scopes.ts'
export { Secret } from './secret.ts'
export type { SiteCredential } from './site-credential.ts'
export { webhookEvents, webhookSubjects, type WebhookEvent, type WebhookSubject } from './webhook-events.ts'
export { usernameShape } from './username.ts'
export { auditText, noteText, presetText, problemText, scopeText } from './texts.ts'
