import { describe, expect, it } from 'vitest'
import { createRequestBudget, discover, verifySiteCredential } from './index.ts'
import type { DiscoverPorts, RungEvent } from './types.ts'
import { askAnimal } from './zoo/ask-animal.testing.ts'
import { type Animal, html, json } from './zoo/zoo-server.testing.ts'
import { GROUPED, USERNAME, wordpress } from './zoo/zoo-wordpress.testing.ts'

function portsOf(animal: Animal, more: Partial<DiscoverPorts> = {}) {
	const { ask, visits } = askAnimal(animal)
	const events: RungEvent[] = []
	const ports: DiscoverPorts = {
		ask,
		clock: () => 1_000,
		ownOrigins: ['https://postern.example'],
		onRung: (event) => events.push(event),
		...more,
	}
	return { ports, visits, events }
}

describe('discover', () => {
	it('streams its five rungs in order, each with its end', async () => {
		const { ports, events } = portsOf(wordpress().animal)
		await discover('blog.example', ports)
		expect(events.map(({ rung, state }) => `${rung} ${state}`)).toEqual([
			'address running',
			'address passed',
			'secure-connection running',
			'secure-connection passed',
			'wordpress running',
			'wordpress passed',
			'api running',
			'api passed',
			'application-passwords running',
			'application-passwords passed',
		])
	})

	it('moves to https when a site reached over http calls itself https (F4)', async () => {
		const { animal } = wordpress()
		const { ports } = portsOf((seen) => {
			const page = animal(seen)
			if (typeof page === 'function' || seen.isTls) return page
			return { ...page, body: String(page.body).replaceAll('http://blog.example', 'https://blog.example') }
		})
		const found = await discover('http://blog.example', ports)
		expect(found).toMatchObject({
			ok: true,
			value: { siteUrl: 'https://blog.example', applicationPasswords: 'on', notes: [{ code: 'https-used' }] },
		})
	})

	it('stays on https although the site announces http (F44), and never asks there', async () => {
		const { animal } = wordpress({ announcesHttp: true, applicationPasswords: 'on' })
		const { ports, visits } = portsOf(animal)
		const found = await discover('blog.example', ports)
		expect(found).toMatchObject({ ok: true, value: { root: { url: 'https://blog.example/wp-json/' } } })
		expect(found.ok && found.value.authorizationEndpointDropped).toBe('other-origin')
		expect(visits.every(({ isTls }) => isTls)).toBe(true)
	})

	it('follows a root announced under www, and sends the credential only there', async () => {
		const { animal } = wordpress()
		const { ports, visits } = portsOf((seen) =>
			animal({ ...seen, headers: { ...seen.headers, host: 'www.blog.example' } }),
		)
		const found = await discover('blog.example', ports)
		if (!found.ok) throw new Error(found.diagnosis.code)
		expect(found.value.siteUrl).toBe('https://www.blog.example')
		const verified = await verifySiteCredential(found.value, { username: USERNAME, password: GROUPED }, ports)
		expect(verified.ok).toBe(true)
		const carriers = visits.filter(({ headers }) => headers.authorization !== undefined)
		expect(new Set(carriers.map(({ host }) => host))).toEqual(new Set(['www.blog.example']))
	})

	it('keeps five requests of a shared budget for the login', async () => {
		const budget = createRequestBudget(12)
		const { ports, visits } = portsOf((seen) => html(seen.url === '/a/b/c/d/' ? 200 : 404, ''), { budget })
		expect((await discover('https://blog.example/a/b/c/d/', ports)).ok).toBe(false)
		expect([visits.length, budget.left()]).toEqual([7, 5])
	})

	it('refuses our own address before anything is asked', async () => {
		const { ports, visits } = portsOf(wordpress().animal)
		const found = await discover('https://postern.example/sites/a', ports)
		expect(found).toMatchObject({ ok: false, diagnosis: { code: 'address/own', rung: 'address' } })
		expect(visits).toHaveLength(0)
	})

	it('shows of every request its address without the values of its query, and no more than 120 characters of a fact', async () => {
		const { ports } = portsOf(() => html(200, `<title>${'x'.repeat(5_000)}</title>`, { server: 'y'.repeat(5_000) }))
		const found = await discover('https://blog.example/', ports)
		const evidence = found.ok ? [] : found.diagnosis.evidence
		expect(evidence.map(({ url }) => url)).toContain('https://blog.example/?rest_route=/')
		expect(Math.max(...evidence.flatMap(({ facts }) => facts.map((fact) => fact.length)))).toBe(120)
	})

	it('takes the names of a hostile index for text, and few of them', async () => {
		const namespaces = Array.from({ length: 5_000 }, (_, index) => `<b>\u202E${index}`.padEnd(5_000, 'x'))
		const authentication = { 'application-passwords': {} }
		const { ports } = portsOf((seen) =>
			seen.url === '/'
				? html(200, '')
				: json(200, { name: 'x'.repeat(9_999), url: 3, home: null, namespaces, authentication }),
		)
		const found = await discover('https://blog.example', ports)
		expect(found.ok && found.value.namespaces.length).toBe(300)
		expect(JSON.stringify(found).length).toBeLessThan(60_000)
		expect(JSON.stringify(found)).not.toContain('\u202E')
	})

	it('hands the signal and a deadline to every request', async () => {
		const { ask } = askAnimal(wordpress().animal)
		const controller = new AbortController()
		const { ports } = portsOf(wordpress().animal, {
			signal: controller.signal,
			ask: (request) => {
				expect(request.signal).toBe(controller.signal)
				expect(request.timeoutMs).toBe(10_000)
				return ask(request)
			},
		})
		expect((await discover('blog.example', ports)).ok).toBe(true)
	})
})
