import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createEgress, parseAllowRules, portsOf } from '@postern/egress'
import { createVault, openKeySource } from '@postern/vault'
import type { AskSite, Result } from '@postern/vocabulary'
import { type Animal, enclose } from '@postern/wp-client/testing/zoo-server'
import { GROUPED, USERNAME, wordpress } from '@postern/wp-client/testing/zoo-wordpress'
import { onTestFinished } from 'vitest'
import { proveHere } from '../probe/prove-here.testing.ts'
import { addAccount } from '../store/cases/place.testing.ts'
import { openStore } from '../store/open-store.ts'
import { createAttemptLimit } from './attempt-limit.ts'
import { saveConnector } from './keep-connector.ts'
import { prepareVerification, verifySite, type VerifyPorts } from './verify-site.ts'

/** A site that a test may put another in the place of. */
export type TestSite = { animal: Animal }

type Around = { readonly ask?: (ask: AskSite) => AskSite; readonly now?: () => Date }

/** A saved, healthy connector to a WordPress of the zoo. `ask` may stand in the way of each request. */
export async function connected({ ask, now = () => new Date() }: Around = {}) {
	const site: TestSite = { animal: wordpress({ applicationPasswords: 'on' }).animal }
	const zoo = await enclose((visit) => site.animal(visit))
	const typed = { username: USERNAME, applicationPassword: GROUPED }
	return { ...(await connectedTo(`http://127.0.0.1:${zoo.httpPort}/`, typed, now, ask)), site, zoo }
}

/** The same to any site of this machine. */
export async function connectedTo(
	address: string,
	typed: Readonly<Record<string, string>>,
	now: () => Date,
	around: Required<Around>['ask'] = (ask) => ask,
) {
	const folder = mkdtempSync(path.join(tmpdir(), 'postern-check-'))
	const allow = must(parseAllowRules(new URL(address).host))
	const egress = createEgress({ allow, userAgent: 'test' })
	const store = must(await openStore({ dataFolder: folder, auditKey: () => new Uint8Array(32), now }))
	onTestFinished(async () => {
		await egress.close()
		await store.close()
		rmSync(folder, { recursive: true })
	})
	const kek = must(openKeySource({ path: path.join(folder, 'vault.key'), create: true }))
	const sites = { ask: egress.ask, clock: Date.now, ownOrigins: [], extraPorts: portsOf(allow) }
	const ports: VerifyPorts = {
		...sites,
		limit: createAttemptLimit(Date.now),
		store,
		vault: createVault({ kek, dataKeys: store.dataKeys }),
		now,
		prove: proveHere(sites),
	}
	const { id: workspaceId } = await store.workspaces.create('Ada')
	const accountId = await addAccount(store, 'ada')
	const member = await store.members.add({ workspaceId, accountId, role: 'owner' })
	if (member === undefined) throw new Error('no member')
	const actor = { accountId, username: 'ada' }
	const authorize = async (connectorId?: string) => {
		const signal = new AbortController().signal
		const request = { type: 'wordpress-app', address, typed, actor, workspaceId, connectorId, requestId: 'r', signal }
		return must(await verifySite(must(await prepareVerification(request, ports)), () => undefined, ports))
	}
	const draft = await authorize()
	const change = { workspaceId, connectorId: draft.id, actor, requestId: 'r' }
	must(await saveConnector({ ...change, name: 'Blog' }, store))
	const looking = { ...sites, ask: around(egress.ask) }
	return {
		ports: { ...ports, ...looking, prove: proveHere(looking) },
		workspaceId,
		connectorId: draft.id,
		store,
		actor,
		memberId: member.id,
		change,
		/** With the same password, typed once more. */
		reconnect: () => authorize(draft.id),
	}
}

export function must<T>(result: Result<T>): T {
	if (!result.ok) throw new Error(result.problem.code, { cause: result.problem.cause })
	return result.value
}
