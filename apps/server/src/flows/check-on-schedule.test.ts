import { json, html, type Page } from '@postern/wp-client/testing/zoo-server'
import { wordpress } from '@postern/wp-client/testing/zoo-wordpress'
import { describe, expect, it } from 'vitest'
import type { LeasedJob } from '../store/job/jobs.ts'
import { checkConnector } from './check-connector.ts'
import { createCheckOnSchedule } from './check-on-schedule.ts'
import { connected, must } from './connected.testing.ts'
import { noteAcceptedLogin, noteRejectedLogin } from './note-login.ts'
import { pauseConnector, resumeConnector } from './pause-connector.ts'

const kind = 'connector.check'
const stays = new AbortController().signal
const minuteMs = 60_000
const down: Page = html(502, '<title>Bad gateway</title>')

/** A connector, a clock that is moved by hand, and checks that come when their time has come. */
async function onSchedule() {
	const clock = { now: new Date('2031-05-22T12:00:00Z') }
	const place = await connected({ now: () => clock.now })
	const { store, workspaceId, connectorId, memberId, ports, site, actor } = place
	const check = createCheckOnSchedule({ ...ports, random: () => 0 })
	const claim = async () => (await store.jobs.claim({ kinds: [kind], limit: 9, leaseMs: 180_000 }))[0]
	const due = async () => (await store.jobs.find(kind, connectorId))?.runAt
	const run = async (job: LeasedJob | undefined) => {
		if (job === undefined) throw new Error('nothing is due')
		const outcome = await check(job, stays)
		if (outcome === 'done') await store.jobs.finish(job)
	}
	/** Waits for the next check, and lets it happen. Gives how long it waited, in minutes. */
	const next = async () => {
		const before = clock.now.getTime()
		clock.now = (await due()) ?? clock.now
		await run(await claim())
		return Math.round((clock.now.getTime() - before) / minuteMs)
	}
	const state = async () => (await store.connectors.find(workspaceId, connectorId))?.state
	const events = async () => {
		const page = must(await store.audit.page({ workspaceId, limit: 100 }))
		const told = /^connector\.(?:needs-attention|unreachable|recovered)$/
		return page.entries.map(({ event }) => event).filter((event) => told.test(event))
	}
	const notices = async () =>
		(await store.notices.list(memberId)).map(({ kind: about, params }) => [about, params['code']])
	const visitor = { kind: 'member', role: 'editor', ...actor } as const
	const checkNow = () => checkConnector({ workspaceId, connectorId, visitor, requestId: 'r', signal: stays }, ports)
	const revoke = () => {
		const other = wordpress({ applicationPasswords: 'on' })
		for (const { uuid } of other.passwords.list()) other.passwords.revoke(uuid)
		site.animal = other.animal
		return other
	}
	return { ...place, clock, claim, run, due, next, state, events, notices, checkNow, revoke }
}

describe('a saved connector', () => {
	it('is looked at about a day later, and the day after that', async () => {
		const { next, state, events, store, workspaceId, connectorId } = await onSchedule()
		expect(await next()).toBeGreaterThan(20 * 60)
		expect(await next()).toBeGreaterThan(20 * 60)
		expect([await state(), await events()]).toEqual(['healthy', []])
		const history = await store.connectors.listChecks(workspaceId, connectorId, new Date(0))
		expect(history.map(({ state: found, code }) => [found, code])).toEqual([
			['healthy', null],
			['healthy', null],
		])
	})

	it('Z58 whose password was revoked between two checks asks for a person, and tells of it exactly once', async () => {
		const { next, state, events, notices, revoke, due } = await onSchedule()
		await next()
		revoke()
		await next()
		expect([await state(), await events()]).toEqual(['healthy', []])
		expect(await next()).toBe(10)
		expect(await state()).toBe('needs-attention')
		expect(await next()).toBe(30)
		expect(await events()).toEqual(['connector.needs-attention'])
		expect(await notices()).toEqual([['connector-needs-attention', expect.stringMatching(/^site-credential\//)]])
		expect(await due()).toBeUndefined() // three refused logins: a fourth might lock somebody out
	})

	it('rests after three refused logins until somebody checks it, and goes on when it is reconnected', async () => {
		const { next, due, state, events, notices, revoke, checkNow, reconnect, site, store, workspaceId, connectorId } =
			await onSchedule()
		const revoked = revoke()
		for (let times = 0; times < 3; times += 1) await next()
		const failed = revoked.failedLogins()
		expect(await due()).toBeUndefined()
		await checkNow()
		expect(revoked.failedLogins()).toBeGreaterThan(failed)
		expect(await due()).toBeUndefined()
		site.animal = wordpress({ applicationPasswords: 'on' }).animal
		await reconnect()
		expect([await state(), await events()]).toEqual(['healthy', ['connector.recovered', 'connector.needs-attention']])
		expect(await notices()).toEqual([['connector-recovered', '']])
		expect(await due()).toBeDefined()
		expect(await store.connectors.countRejectedLogins(workspaceId, connectorId)).toBe(0)
	})

	it('whose site is down is unreachable when that was seen twice, and asks for nobody', async () => {
		const { next, state, events, site } = await onSchedule()
		site.animal = () => down
		const waits = [await next(), await next(), await next(), await next(), await next(), await next()]
		expect(waits.slice(1)).toEqual([10, 30, 60, 180, 720])
		expect([await state(), await events()]).toEqual(['unreachable', ['connector.unreachable']])
		site.animal = wordpress({ applicationPasswords: 'on' }).animal
		await next()
		expect([await state(), await events()]).toEqual(['healthy', ['connector.recovered', 'connector.unreachable']])
	})

	it('is not asked again before its site said so', async () => {
		const { next, site } = await onSchedule()
		site.animal = () => ({ ...json(429, {}), headers: { 'retry-after': '3000' } })
		await next()
		expect(await next()).toBe(50)
	})

	it('whose site is in maintenance is shown so, and tells nobody', async () => {
		const { next, state, events, site } = await onSchedule()
		site.animal = () =>
			html(503, '<title>Maintenance</title><p>Briefly unavailable for scheduled maintenance.</p>', {
				'retry-after': '600',
			})
		for (let times = 0; times < 2; times += 1) await next()
		expect([await state(), await events()]).toEqual(['maintenance', []])
	})

	it('whose account lost every permission needs attention: site-credential/permissions-removed', async () => {
		const { site, checkNow, events } = await onSchedule()
		site.animal = wordpress({ applicationPasswords: 'on', user: { roles: [], capabilities: {} } }).animal
		expect(must(await checkNow())).toMatchObject({
			state: 'needs-attention',
			diagnosis: { code: 'site-credential/permissions-removed' },
		})
		expect(await events()).toEqual(['connector.needs-attention'])
	})
})

describe('a check by the clock', () => {
	/** How many requests each of the next checks takes. */
	const counts = async ({ next, zoo }: Awaited<ReturnType<typeof onSchedule>>, checks: number) => {
		const asked: number[] = []
		for (let done = 0; done < checks; done += 1) {
			const before = zoo.visits.length
			await next()
			asked.push(zoo.visits.length - before)
		}
		return asked.map((count) => (count === 2 ? 'short' : count > 4 ? 'whole' : count))
	}
	const six = Array.from({ length: 6 }, () => 'short')

	it('walks the whole ladder first, and every seventh time; in between two requests tell that all is as before', async () => {
		const place = await onSchedule()
		expect(await counts(place, 9)).toEqual(['whole', ...six, 'whole', 'short'])
		expect(await place.state()).toBe('healthy')
	})

	it('walks it after a failure, after Check now, and after a reconnection', async () => {
		const place = await onSchedule()
		await counts(place, 2)
		const { animal } = place.site
		place.site.animal = () => down
		await place.next()
		place.site.animal = animal
		expect(await counts(place, 2)).toEqual(['whole', 'short'])
		const before = place.zoo.visits.length
		await place.checkNow()
		expect(place.zoo.visits.length - before).toBeGreaterThan(4)
		expect(await counts(place, 2)).toEqual(['whole', 'short'])
		await place.reconnect()
		expect(await counts(place, 2)).toEqual(['whole', 'short'])
	})

	it('finds within a week what only the ladder sees', async () => {
		const place = await onSchedule()
		await place.next()
		const introspection = json(404, { code: 'rest_no_authenticated_app_password', message: 'No.', data: {} })
		place.site.animal = wordpress({ applicationPasswords: 'on', introspection }).animal
		expect(await counts(place, 6)).toEqual(six)
		await place.next()
		expect(await place.next()).toBe(10)
		expect(await place.state()).toBe('needs-attention')
	})

	it('keeps the name that a person is shown under now', async () => {
		const place = await onSchedule()
		await place.next()
		place.site.animal = wordpress({ applicationPasswords: 'on', user: { name: 'Yuki T.' } }).animal
		expect(await counts(place, 1)).toEqual(['short'])
		const connector = await place.store.connectors.find(place.workspaceId, place.connectorId)
		expect(connector?.account.displayName).toBe('Yuki T.')
	})
})

describe('what counts at once', () => {
	it('is what somebody finds who presses Check now; the clock goes on from there', async () => {
		const { checkNow, state, events, site, due, clock } = await onSchedule()
		site.animal = () => down
		await checkNow()
		expect([await state(), await events()]).toEqual(['unreachable', ['connector.unreachable']])
		const waits = Number(await due()) - clock.now.getTime()
		expect(waits).toBeGreaterThanOrEqual(10 * minuteMs)
		expect(waits).toBeLessThanOrEqual(12 * minuteMs)
		await checkNow()
		expect(await events()).toHaveLength(1)
	})

	it('is what the gateway meets: three refusals, and the clock rests until the site takes the login after all', async () => {
		const { store, connectorId: id, workspaceId, next, due, state } = await onSchedule()
		const used = { id, workspaceId, sealVersion: 1 }
		for (let times = 0; times < 3; times += 1) must(await noteRejectedLogin(used, store))
		await next()
		expect(await due()).toBeUndefined()
		must(await noteAcceptedLogin(used, store))
		expect([await state(), await due()]).toEqual(['healthy', expect.any(Date)])
	})

	it('is what the gateway meets, told once, and over when the site takes the login again', async () => {
		const { store, connectorId: id, workspaceId, state, events, notices } = await onSchedule()
		const used = { id, workspaceId, sealVersion: 1 }
		for (let times = 0; times < 2; times += 1) must(await noteRejectedLogin(used, store))
		expect([await state(), await events()]).toEqual(['needs-attention', ['connector.needs-attention']])
		must(await noteAcceptedLogin(used, store))
		must(await noteAcceptedLogin(used, store))
		expect([await state(), await events()]).toEqual(['healthy', ['connector.recovered', 'connector.needs-attention']])
		expect(await notices()).toEqual([['connector-recovered', '']])
	})
})

describe('a check by the clock', () => {
	it('does not come to a paused connector, and soon to one that is resumed', async () => {
		const { store, change, due, clock } = await onSchedule()
		must(await pauseConnector(change, store))
		expect(await due()).toBeUndefined()
		must(await resumeConnector(change, store))
		expect(Number(await due()) - clock.now.getTime()).toBeLessThanOrEqual(minuteMs)
	})

	it('that lost its lease to another writes nothing', async () => {
		const { claim, run, due, clock, site, store, workspaceId, connectorId, events } = await onSchedule()
		clock.now = (await due()) ?? clock.now
		const lost = await claim()
		clock.now = new Date(clock.now.getTime() + 180_000)
		const held = await claim()
		site.animal = () => down
		await run(lost)
		const history = () => store.connectors.listChecks(workspaceId, connectorId, new Date(0))
		expect(await history()).toEqual([])
		await run(held)
		expect(await history()).toHaveLength(1)
		expect(await events()).toEqual([])
	})

	it('is one transaction with the next of it: undone, it was not', async () => {
		const { claim, run, due, clock, store, connectorId, workspaceId } = await onSchedule()
		clock.now = (await due()) ?? clock.now
		await store.kysely.schema.alterTable('connector_check').renameTo('hidden').execute()
		const job = await claim()
		await expect(run(job)).rejects.toThrow()
		await store.kysely.schema.alterTable('hidden').renameTo('connector_check').execute()
		expect(await store.jobs.find(kind, connectorId)).toMatchObject({ isLeased: true })
		expect((await store.connectors.find(workspaceId, connectorId))?.rowVersion).toBe(2)
	})

	it('that is stopped says nothing about the site', async () => {
		const { claim, due, clock, store, ports, connectorId, workspaceId } = await onSchedule()
		clock.now = (await due()) ?? clock.now
		const stopping = new AbortController()
		const prove: typeof ports.prove = async (wanted, options) => {
			stopping.abort(new Error('the server stops'))
			return ports.prove(wanted, options)
		}
		const check = createCheckOnSchedule({ ...ports, prove, random: () => 0 })
		const job = await claim()
		if (job === undefined) throw new Error('nothing is due')
		await expect(check(job, stopping.signal)).rejects.toThrow('the server stops')
		expect(await store.connectors.listChecks(workspaceId, connectorId, new Date(0))).toEqual([])
	})
})
