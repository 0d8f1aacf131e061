import * as applicationPasswords from './contract/application-passwords.ts'
import * as activity from './contract/activity.ts'
import * as approvals from './contract/approvals.ts'
import * as accounts from './contract/accounts.ts'
import * as connectLinks from './contract/connect-links.ts'
import * as connectorHistory from './contract/connector-history.ts'
import * as connectorList from './contract/connector-list.ts'
import * as connectorTools from './contract/connector-tools.ts'
import * as connectors from './contract/connectors.ts'
import type { Endpoint } from './contract/endpoint.ts'
import * as passkeys from './contract/passkeys.ts'
import * as webhooks from './contract/webhooks.ts'
import * as workspaces from './contract/workspaces.ts'

/** Every operation of `/api/v1`. */
export const contract = {
	...accounts,
	...passkeys,
	...workspaces,
	...connectors,
	...connectorList,
	...connectorHistory,
	...connectorTools,
	...approvals,
	...applicationPasswords,
	...activity,
	...webhooks,
	...connectLinks,
}

export type Contract = typeof contract
export type EndpointName = keyof Contract

export const endpoints: readonly Endpoint[] = Object.values(contract)

export type { Access, BodyOf, Endpoint, EventOf, InputOf, Method, OutputOf } from './contract/endpoint.ts'
export type {
	ApplicationPasswordDocument,
	InventoryEntry,
	IssuedDocument,
	NoticeDocument,
	PasswordUsageDocument,
	ProfileDocument,
} from './contract/application-passwords.ts'
export type { Me, SessionDocument } from './contract/accounts.ts'
export type { ProofDocument } from './contract/passkeys.ts'
export type {
	PasskeyAssertionDocument,
	PasskeyAttestationDocument,
	PasskeyCreationDocument,
	PasskeyDocument,
	PasskeyRequestDocument,
} from './contract/passkey-shapes.ts'
export type { ConnectLinkDocument } from './contract/connect-links.ts'
export type { ConnectorHistoryDocument } from './contract/connector-history.ts'
export type { DraftTrialDocument, OtherSiteDocument } from './contract/connector-tools.ts'
export type { ConnectorTypeDocument } from './contract/connector-type.ts'
export {
	problemDocument,
	type ActivityEntry,
	type ConnectorDocument,
	type DiagnosisDocument,
	type PostDocument,
	type ProblemDocument,
	type SiteDocument,
} from './contract/shapes.ts'
export type { WebhookDeliveryDocument, WebhookDocument } from './contract/webhooks.ts'
export type { InvitationDocument, MemberDocument } from './contract/workspaces.ts'
