import type { Permit } from '@postern/policy'
import type { Vault } from '@postern/vault'
import { fail, ok, Secret } from '@postern/vocabulary'
import { expect, it } from 'vitest'
import { holdOpen, openCredential } from './open-credential.ts'
import { recordDecision } from './record-decision.ts'
import type { SealedConnector } from './sealed-connector.ts'
import { someConnector } from './sealed-connector.testing.ts'

/** Counts how often it unseals. */
function start() {
	let unsealed = 0
	let isBroken = false
	const vault: Pick<Vault, 'unseal'> = {
		unseal() {
			unsealed += 1
			return isBroken ? fail('vault/cannot-open') : ok(new Secret(`secret ${unsealed}`))
		},
	}
	const accessJournal = { note: () => ({ finish: () => undefined }), commit: async () => fail('internal/bug') }
	const made = { connectorId: 'con_1', request: 'x', isWrite: false, scopes: [], conditions: [], leftOut: [] }
	const permit = ok(made as typeof made & Permit<string>) // the brand, which only `decide` gives
	const open = async (connector = someConnector) => {
		const asking = {
			connector,
			actor: { kind: 'caller', id: 'acc_1', name: 'Ann' } as const,
			password: { uuid: 'u', name: 'A client' },
			requestId: 'r',
			ip: '192.0.2.1',
			writesPerDay: null,
			calls: [],
		}
		const recorded = await recordDecision(permit, asking, { accessJournal })
		if (!recorded.ok) throw new Error(recorded.problem.code)
		return openCredential(recorded.value, { vault: vault as Vault }) // nothing is sealed here
	}
	const hold = async (connector?: SealedConnector) => {
		const opened = await open(connector)
		if (!opened.ok) throw new Error(opened.problem.code)
		return { password: opened.value.credential.password.reveal(), letGo: holdOpen(opened.value) }
	}
	return { open, hold, breakIt: () => (isBroken = true) }
}

it('requests that overlap share what is open, and the next after the last of them opens it anew', async () => {
	const { hold } = start()
	const first = await hold()
	const second = await hold()
	first.letGo()
	const third = await hold()
	second.letGo()
	third.letGo()
	const later = await hold()
	later.letGo()
	const passwords = [first, second, third, later].map(({ password }) => password)
	expect(passwords).toEqual(['secret 1', 'secret 1', 'secret 1', 'secret 2'])
})

it('a row that was looked up anew is opened anew, whoever holds the one before it', async () => {
	const { hold, open, breakIt } = start()
	const before = await hold()
	expect((await hold({ ...someConnector })).password).toBe('secret 2')
	breakIt()
	expect(await open({ ...someConnector })).toMatchObject({ problem: { code: 'vault/cannot-open' } })
	before.letGo()
	expect(await open()).toMatchObject({ problem: { code: 'vault/cannot-open' } })
})

it('who opened at the same time as another lets go of his own', async () => {
	const { open, hold } = start()
	const [one, other] = await Promise.all([open(), open()])
	if (!one.ok || !other.ok) throw new Error('not opened')
	const letGo = [holdOpen(one.value), holdOpen(other.value)]
	const third = await hold()
	expect(third.password).toBe('secret 1')
	for (const each of [...letGo, third.letGo]) each()
	expect((await hold()).password).toBe('secret 3')
})
