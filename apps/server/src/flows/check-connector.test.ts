import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createEgress, parseAllowRules, portsOf } from '@postern/egress'
import { createVault, openKeySource } from '@postern/vault'
import { Secret, type AskSite, type Result } from '@postern/vocabulary'
import { enclose } from '@postern/wp-client/testing/zoo-server'
import { GROUPED, USERNAME, wordpress } from '@postern/wp-client/testing/zoo-wordpress'
import { expect, onTestFinished, test } from 'vitest'
import { visitSite } from '../access/visit-site.ts'
import { pasted } from '../store/cases/connector.testing.ts'
import { openStore } from '../store/open-store.ts'
import { createAttemptLimit } from './attempt-limit.ts'
import { checkConnector } from './check-connector.ts'
import { saveConnector } from './keep-connector.ts'
import { prepareVerification, verifySite, type VerifyPorts } from './verify-site.ts'

const actor = { accountId: 'ada', username: 'ada' }
const visitor = { kind: 'member', role: 'viewer', ...actor } as const
const stays = new AbortController().signal

/** A saved, healthy connector to a WordPress of the zoo. `around` may stand in the way of each request. */
async function connect(around: (ask: AskSite) => AskSite = (ask) => ask) {
	const folder = mkdtempSync(path.join(tmpdir(), 'postern-check-'))
	const zoo = await enclose(wordpress({ applicationPasswords: 'on' }).animal)
	const allow = must(parseAllowRules(`127.0.0.1:${zoo.httpPort}`))
	const egress = createEgress({ allow, userAgent: 'test' })
	const store = must(await openStore({ dataFolder: folder, auditKey: () => new Uint8Array(32) }))
	onTestFinished(async () => {
		await egress.close()
		await store.close()
		rmSync(folder, { recursive: true })
	})
	const kek = must(openKeySource({ path: path.join(folder, 'vault.key'), create: true }))
	const ports: VerifyPorts = {
		ask: egress.ask,
		clock: Date.now,
		ownOrigins: [],
		extraPorts: portsOf(allow),
		limit: createAttemptLimit(Date.now),
		store,
		vault: createVault({ kek, dataKeys: store.dataKeys }),
		now: () => new Date(),
	}
	const { id: workspaceId } = await store.workspaces.create('Ada')
	const address = `http://127.0.0.1:${zoo.httpPort}/`
	const typed = { username: USERNAME, applicationPassword: GROUPED }
	const request = { type: 'wordpress-app', address, typed, actor, workspaceId, requestId: 'r', signal: stays }
	const prepared = must(await prepareVerification(request, ports))
	const draft = must(await verifySite(prepared, () => undefined, ports))
	const change = { workspaceId, connectorId: draft.id, actor, requestId: 'r' }
	must(await saveConnector({ ...change, name: 'Blog' }, store))
	return { ports: { ...ports, ask: around(egress.ask) }, workspaceId, connectorId: draft.id, store }
}

function must<T>(result: Result<T>): T {
	if (!result.ok) throw new Error(result.problem.code)
	return result.value
}

test('a check that its caller left says nothing about the site', async () => {
	const leaving = new AbortController()
	const { ports, workspaceId, connectorId, store } = await connect((ask) => (request) => {
		if (request.headers?.['authorization'] !== undefined) leaving.abort()
		return ask(request)
	})
	await checkConnector({ workspaceId, connectorId, visitor, requestId: 'r', signal: leaving.signal }, ports)
	expect(await store.connectors.find(workspaceId, connectorId)).toMatchObject({ state: 'healthy', diagnosis: null })
})

test('a credential is opened with the username it was entered with, also if it was replaced a moment ago', async () => {
	const { ports, workspaceId, connectorId, store } = await connect()
	const connector = await store.connectors.find(workspaceId, connectorId)
	if (!connector) throw new Error('no connector')
	const place = { workspaceId, table: 'connector', column: 'sealed', rowId: connectorId, version: 2 }
	const sealed = must(await ports.vault.seal(new Secret('another'), { ...place, siteOrigin: connector.site.origin }))
	const facts = { ...connector, account: { ...connector.account, username: 'zoe' } }
	await store.connectors.replaceCredential(workspaceId, connectorId, {
		facts,
		health: { state: 'healthy', diagnosis: null, checkedAt: null, latencyMs: null },
		sealed,
		sealVersion: 2,
		...pasted,
	})
	const { credential } = must(await visitSite({ connector, visitor, purpose: 'site.read', requestId: 'r' }, ports))
	expect([credential.username, credential.password.reveal()]).toEqual(['zoe', 'another'])
})
