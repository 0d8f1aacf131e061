import { fail, ok, Secret, type Language, type Result } from '@postern/vocabulary'
import type { Accounts, NewAccount, PreparedAccount, Visit } from '../accounts/accounts.ts'
import { isSameToken } from '../accounts/one-time-token.ts'
import type { Configuration } from '../configuration.ts'
import { actorOf, type AuditActor } from '../store/audit.ts'
import type { Store } from '../store/store.ts'
import { readWorkspaceName } from './workspace-name.ts'

export type SetUpPorts = {
	readonly accounts: Accounts
	readonly store: Store
	/** Undefined: setup needs none. */
	readonly setupToken: Secret | undefined
}

export type SetUpRequest = NewAccount & {
	readonly workspaceName: string
	readonly language: Language | null
	readonly token: Secret | undefined
}

/**
 * Makes the first account and its workspace. Fails with `request/not-found` once it was done – of racing attempts all but
 * one – and with `setup/token-wrong`, `account/…`, `workspace/name-malformed`.
 */
export async function setUp(
	visit: Visit & { readonly requestId: string },
	request: SetUpRequest,
	ports: SetUpPorts,
): Promise<Result<PreparedAccount>> {
	const { store, accounts } = ports
	if (await store.installation.isSetupClosed()) return fail('request/not-found')
	const admitted = admit(visit, request.token, ports)
	if (!admitted.ok) return admitted
	const name = readWorkspaceName(request.workspaceName)
	if (!name.ok) return name
	const prepared = await accounts.prepareAccount(request, {
		language: request.language,
		related: [name.value, 'Postern'],
	})
	if (!prepared.ok) return prepared
	const first = { account: prepared.value, workspaceName: name.value, actor: undefined, requestId: visit.requestId }
	return makeFirst(first, ports)
}

/**
 * Sets up with what the operator configured (`POSTERN_SETUP_…`), unless it was done before. Fails with `start/configuration`,
 * which names the setting.
 */
export async function runUnattendedSetup(
	setup: Configuration['setup'],
	ports: Omit<SetUpPorts, 'setupToken'>,
): Promise<Result<void>> {
	if (setup === undefined || (await ports.store.installation.isSetupClosed())) return ok()
	const prepared = await ports.accounts.prepareAccount(setup, { language: null, related: ['Postern'] })
	if (!prepared.ok) return namingTheSetting(prepared.problem)
	const actor: AuditActor = { kind: 'operator', id: null, name: null }
	const account = prepared.value
	const made = await makeFirst({ account, workspaceName: account.username, actor, requestId: null }, ports)
	// Another node was faster.
	return made.ok || made.problem.code === 'request/not-found' ? ok() : made
}

function admit(visit: Visit, typed: Secret | undefined, { accounts, setupToken }: SetUpPorts): Result<void> {
	if (setupToken === undefined) return ok()
	const check = accounts.admitTokenCheck(visit)
	if (!check.ok) return check
	if (!isSameToken(setupToken, typed ?? new Secret(''))) return fail('setup/token-wrong')
	check.value.succeeded()
	return ok()
}

type First = {
	readonly account: PreparedAccount
	readonly workspaceName: string
	/** Undefined: whoever the account is for. */
	readonly actor: AuditActor | undefined
	readonly requestId: string | null
}

function makeFirst(
	{ account, workspaceName, actor, requestId }: First,
	{ store, accounts }: Omit<SetUpPorts, 'setupToken'>,
): Promise<Result<PreparedAccount>> {
	return store.transaction(async (transaction) => {
		if (!(await transaction.installation.closeSetup())) return fail('request/not-found')
		const workspace = await transaction.workspaces.create(workspaceName)
		const accountId = await accounts.createAccount(account, transaction)
		if (!accountId.ok) return accountId
		await transaction.members.add({ workspaceId: workspace.id, accountId: accountId.value, role: 'owner' })
		const target = { kind: 'account', id: accountId.value, name: account.username }
		await transaction.audit.record({
			workspaceId: workspace.id,
			event: 'setup.completed',
			actor: actor ?? actorOf({ accountId: accountId.value, username: account.username }),
			target,
			params: {},
			requestId,
		})
		return ok(account)
	})
}

function namingTheSetting({ code }: { code: string }): Result<void> {
	const settings: Readonly<Record<string, string>> = {
		'account/username-malformed': 'POSTERN_SETUP_USERNAME',
		'account/email-malformed': 'POSTERN_SETUP_EMAIL',
	}
	const name = settings[code] ?? 'POSTERN_SETUP_PASSWORD_FILE'
	return fail('start/configuration', { params: { name, reason: `its value is refused (${code})` } })
}
