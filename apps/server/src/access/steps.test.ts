import type { Permit, SiteFacts } from '@postern/policy'
import type { Vault } from '@postern/vault'
import { fail, ok, type Result } from '@postern/vocabulary'
import { describe, expect, expectTypeOf, it } from 'vitest'
import type { AccessEntry } from '../store/access-journal/access-entry.ts'
import type { AccessOutcome } from '../store/audit/audit-entry.ts'
import { openCredential, type OpenedSite } from './open-credential.ts'
import { type Asking, recordDecision, type RecordedPermit } from './record-decision.ts'
import { someConnector } from './sealed-connector.testing.ts'
import { settle, type SettledRequest } from './settle.ts'

function asking(...isWrite: readonly boolean[]): Asking {
	return {
		connector: someConnector,
		actor: { kind: 'caller', id: 'acc_1', name: 'Ann (A client)' },
		password: { uuid: 'u', name: 'A client' },
		requestId: 'r',
		ip: '192.0.2.1',
		writesPerDay: 5,
		calls: isWrite.map((one) => ({ method: 'POST', route: '/wp/v2/posts', scopes: ['posts:write'], isWrite: one })),
	}
}

/** As `decide` makes it. */
function permit(isWrite: boolean): Result<Permit<string>> {
	const made = { connectorId: 'con_1', request: 'x', isWrite, scopes: [], conditions: [], leftOut: [] }
	return ok(made as typeof made & Permit<string>) // the brand, which only `decide` gives
}

function journal({ room = 100, commits = () => ok() }: { room?: number; commits?: () => Result<void> } = {}) {
	const asked: number[] = []
	const kept: { entry: AccessEntry; how: 'noted' | 'committed'; outcome?: AccessOutcome }[] = []
	const keep = (entry: AccessEntry, how: 'noted' | 'committed') => {
		const one: (typeof kept)[number] = { entry, how }
		kept.push(one)
		return { finish: (outcome: AccessOutcome) => (one.outcome ??= outcome) }
	}
	const accessJournal = {
		note: (entry: AccessEntry) => (kept.length < room ? keep(entry, 'noted') : undefined),
		async commit(entry: AccessEntry, _budget: number | null, spends = 1) {
			asked.push(spends)
			const committed = commits()
			return committed.ok ? ok(keep(entry, 'committed')) : committed
		},
	}
	return { kept, asked, accessJournal }
}

describe('a decision', () => {
	it('is recorded as a refusal, finished at once, and opens nothing', async () => {
		const ports = journal()
		const refused = fail('application-password/scope-missing', { params: { scope: 'posts:write' } })
		expect(await recordDecision(refused, asking(true), ports)).toEqual(refused)
		expect(ports.kept).toMatchObject([
			{
				how: 'noted',
				entry: { decision: 'refused', problem: 'application-password/scope-missing' },
				outcome: { status: 403, end: 'complete' },
			},
		])
	})

	it('is committed for a write, noted for a read', async () => {
		const ports = journal()
		expect(await recordDecision(permit(true), asking(true), ports)).toMatchObject({ ok: true })
		expect(await recordDecision(permit(false), asking(false), ports)).toMatchObject({ ok: true })
		expect(ports.kept.map(({ how }) => how)).toEqual(['committed', 'noted'])
	})

	it('lets nothing pass that cannot be recorded, not even a refusal', async () => {
		const full = () => journal({ room: 0 })
		const unavailable = { problem: { code: 'gateway/record-unavailable' } }
		expect(await recordDecision(permit(false), asking(false), full())).toMatchObject(unavailable)
		expect(await recordDecision(fail('request/not-found'), asking(false), full())).toMatchObject(unavailable)
		const away = journal({ commits: () => fail('gateway/record-unavailable') })
		expect(await recordDecision(permit(true), asking(true), away)).toMatchObject(unavailable)
	})

	it('of many calls is one: what was committed of the others is finished as refused', async () => {
		let left = 1
		const ports = journal({
			commits: () => ((left -= 1) < 0 ? fail('gateway/record-unavailable') : ok()),
		})
		const recorded = await recordDecision(permit(true), asking(true, false, true), ports)
		expect(recorded).toMatchObject({ problem: { code: 'gateway/record-unavailable' } })
		expect(ports.kept.map(({ how, outcome }) => [how, outcome?.problem])).toEqual([
			['committed', 'gateway/record-unavailable'],
			['noted', 'gateway/record-unavailable'],
		])
	})

	it('of many calls takes all their writes from the day at once; where they are too many, each is noted as refused', async () => {
		const refused = fail('gateway/writes-used-up', { params: { limit: 5 } })
		const few = journal({ commits: () => refused })
		expect(await recordDecision(permit(true), asking(false, true, true), few)).toEqual(refused)
		expect(few.asked).toEqual([2])
		const told = few.kept.map(({ how, entry, outcome }) => [how, entry.decision, entry.problem, outcome?.problem])
		const noted = ['noted', 'refused', 'gateway/writes-used-up', 'gateway/writes-used-up']
		expect(told).toEqual([noted, noted])
		const enough = journal()
		expect(await recordDecision(permit(true), asking(true, false, true, true), enough)).toMatchObject({ ok: true })
		expect(enough.asked).toEqual([3, 0, 0])
		expect(enough.kept.map(({ how }) => how).toSorted()).toEqual(['committed', 'committed', 'committed', 'noted'])
	})
})

describe('each step takes what the step before it gives, and nothing less', () => {
	it('in types', () => {
		const ports = { vault: {} as Vault } // only its type counts here
		const early = (allowed: Permit) =>
			// @ts-expect-error a permit that is not recorded opens nothing
			openCredential(allowed, ports)
		const forged = (allowed: Permit) =>
			// @ts-expect-error neither does anything that only looks like a recorded one
			openCredential({ permit: allowed, connector: someConnector, entries: [] }, ports)
		const unopened = (recorded: RecordedPermit, site: SiteFacts) =>
			// @ts-expect-error what is not opened cannot be settled
			settle(recorded, { ask: async () => fail('network/closed'), site })
		expect([early, forged, unopened]).toHaveLength(3)
		expectTypeOf<OpenedSite>().not.toExtend<SettledRequest>()
		expectTypeOf<RecordedPermit>().not.toExtend<OpenedSite>()
		expectTypeOf<SettledRequest>().not.toExtend<OpenedSite>()
		expectTypeOf<Permit>().not.toExtend<RecordedPermit>()
	})
})
