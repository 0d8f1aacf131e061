import { fail, ok, type Result, type SiteCredential } from '@postern/vocabulary'
import { type Approval, isSameApprovedSite, readApproval } from '@postern/wordpress'
import type { ConnectorType } from '../../connectors/connector-type.ts'
import { findConnectorType } from '../../connectors/registry.ts'
import type { SiteApproval } from '../../store/site-approvals.ts'
import { findOwnPassword } from '../own-password.ts'
import type { FinishPorts, Return } from './approval-ports.ts'
import { hashArrived } from './approval-state.ts'

type Approved = Extract<Approval, { kind: 'approved' }>

/** A password that came from the site that was asked, and looks like one. */
export type Arrived = {
	readonly type: ConnectorType
	readonly userLogin: string
	readonly credential: SiteCredential
	readonly passwordHash: string
}

/** Judges what came without a request. Fails with `approval/…` and `site-credential/…`; then it is sent nowhere. */
export async function readArrival(
	{ query, state }: Pick<Return, 'query' | 'state'>,
	approval: SiteApproval,
	ports: FinishPorts,
): Promise<Result<Arrived>> {
	const { site } = approval
	const { host } = site
	const read = readApproval(query)
	if (!read.ok) return read
	if (read.value.kind !== 'approved') return declined(read.value, host)
	const { siteUrl, userLogin } = read.value
	if (!isSameApprovedSite(siteUrl, site)) return fail('approval/site-mismatch', { params: { host } })
	const type = findConnectorType(approval.type)
	if (!type.ok) return type
	const credential = await readCredential(read.value, type.value, ports)
	if (!credential.ok) return credential
	const passwordHash = hashArrived(state, credential.value.password)
	return ok({ type: type.value, userLogin, credential: credential.value, passwordHash })
}

function declined(answer: Exclude<Approval, Approved>, host: string): Result<never> {
	return answer.kind === 'rejected' ? fail('approval/rejected') : fail('approval/disabled', { params: { host } })
}

/** Judged as what is typed is; the type knows what its fields are called. */
async function readCredential(
	{ userLogin, password }: Approved,
	type: ConnectorType,
	ports: FinishPorts,
): Promise<Result<SiteCredential>> {
	const { fields } = type.document
	const valueOf = ({ isUsername, kind }: (typeof fields)[number]): string => {
		if (isUsername) return userLogin
		return kind === 'secret' ? password.reveal() : ''
	}
	const typed = fields.map((field): [string, string] => [field.name, valueOf(field)])
	const credential = type.readCredential(Object.fromEntries(typed))
	if (!credential.ok) return credential
	const own = await findOwnPassword(credential.value.password, ports)
	return own === undefined ? credential : fail('site-credential/own')
}
