import { localProblem } from '@postern/api/client'
import {
	contract,
	type ConnectorDocument,
	type EventOf,
	type InputOf,
	type ProblemDocument,
} from '@postern/api/contract'
import { client } from '../../../api/client.ts'
import { findPresent } from './find-present.ts'
import type { ImportRow } from './import-row.ts'

export type ImportOutcome =
	/** Present: it was there before, and nothing was tried. */
	| { readonly ok: true; readonly connector: ConnectorDocument; readonly isPresent: boolean }
	| { readonly ok: false; readonly problem: ProblemDocument }

type VerifyEvent = EventOf<typeof contract.verifySite>

/** Takes one row through the whole ladder, and saves it. What cannot be saved is not left behind as a draft. */
export async function importOne(workspaceId: string, row: ImportRow, signal: AbortSignal): Promise<ImportOutcome> {
	const present = await findPresent(workspaceId, row, signal)
	if (present !== undefined) return { ok: true, connector: present, isPresent: true }
	let end: Exclude<VerifyEvent, { kind: 'rung' }> | undefined
	const onEvent = (event: VerifyEvent) => {
		if (event.kind !== 'rung') end = event
	}
	const { address, username, password } = row
	const typed = { type: 'wordpress-app', address, username, applicationPassword: password?.reveal() ?? '' }
	const body: InputOf<typeof contract.verifySite>['body'] = typed
	Object.assign(body, { import: true }) // which TypeScript knows only beside texts that are named
	const answer = await client.stream(contract.verifySite, { workspaceId, body }, onEvent, signal)
	if (end?.kind === 'verified') return save(workspaceId, row, end.connector)
	// A stream that ends without a verdict was cut on the way.
	const cut = answer.ok ? localProblem('postern/unreachable') : answer.problem
	return { ok: false, problem: end?.problem ?? cut }
}

async function save(workspaceId: string, row: ImportRow, draft: ConnectorDocument): Promise<ImportOutcome> {
	const connectorId = draft.id
	const name = row.name === '' ? draft.site.title.trim() || draft.site.host : row.name
	const body = { name: [...name].slice(0, row.name === '' ? 100 : undefined).join(''), tags: [...row.tags] }
	const saved = await client.call(contract.saveConnector, { workspaceId, connectorId, body })
	if (saved.ok) return { ok: true, connector: saved.value, isPresent: false }
	await client.call(contract.deleteConnector, { workspaceId, connectorId })
	return saved
}
