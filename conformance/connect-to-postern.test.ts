import { createEgress, parseAllowRules, portsOf, type Egress } from '@postern/egress'
import {
	createRequestBudget,
	discover,
	verifySiteCredential,
	type DiscoveredSite,
	type VerifyResult,
} from '@postern/wp-client'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ask } from './targets/ask-place.ts'
import { neverIssued } from './targets/expected.ts'
import { startPosternPlace, type PosternPlace } from './targets/postern-target.ts'

/** What our wizard asks of a site, asked of another Postern. */
describe('a Postern, seen by the wizard as a WordPress site,', () => {
	let place: PosternPlace
	let egress: Egress
	beforeAll(async () => {
		place = await startPosternPlace()
		const allowed = parseAllowRules(new URL(place.url).host)
		if (!allowed.ok) throw new Error(allowed.problem.code)
		egress = createEgress({ allow: allowed.value, userAgent: 'Postern conformance' })
	})
	afterAll(async () => {
		await egress.close()
		await place.stop()
	})

	const ports = () => ({ ask: egress.ask, clock: Date.now, budget: createRequestBudget(12) })

	async function found(address = place.url): Promise<DiscoveredSite> {
		const rules = parseAllowRules(new URL(place.url).host)
		const extraPorts = rules.ok ? portsOf(rules.value) : []
		const discovered = await discover(address, { ...ports(), ownOrigins: [], extraPorts })
		if (!discovered.ok) throw new Error(JSON.stringify(discovered.diagnosis, null, 1))
		return discovered.value
	}
	const verify = async (username: string, password: string): Promise<VerifyResult> =>
		verifySiteCredential(await found(), { username, password }, ports())

	it('is found without any secret, from its front page or its API', async () => {
		for (const address of [place.url, `${place.url}/wp-json/`, `${place.url}/xmlrpc.php`])
			expect(await found(address)).toMatchObject({
				siteUrl: place.url,
				applicationPasswords: 'on',
				authorizationEndpoint: `${place.url}/wp-admin/authorize-application.php`,
				root: { style: 'path' },
				isIndexClosed: false,
			})
	})

	it('is a login that works: who one is there, and which password it is', async () => {
		for (const [person, role] of [
			['admin', 'administrator'],
			['editor', 'editor'],
		] as const) {
			const { username } = place.people[person]
			const { password, uuid } = await place.issue(person, { name: `Postern, ${person}` })
			expect(await verify(username, password)).toMatchObject({
				ok: true,
				value: { username, roles: [role], passwordUuid: uuid, passwordName: `Postern, ${person}` },
			})
		}
	})

	it('says of a viewer that the role is too low, and of a wrong password that it is wrong', async () => {
		const { password } = await place.issue('subscriber')
		const low = await verify(place.people.subscriber.username, password)
		expect(low).toMatchObject({ ok: false, diagnosis: { code: 'site-credential/role-too-low', certainty: 'sure' } })
		const wrong = await verify(place.people.editor.username, neverIssued)

		const diagnosis = { code: 'site-credential/wrong-password', certainty: 'sure', rung: 'login' }
		expect(wrong).toMatchObject({ ok: false, diagnosis })
	})

	it('lets a password end itself when the wizard lets go of it, though it manages no others', async () => {
		const { username } = place.people.editor
		const { uuid, password, basic: headers } = await place.issue('editor')
		expect(await verify(username, password)).toMatchObject({ ok: true, value: { passwordUuid: uuid } })
		const path = `/wp-json/wp/v2/users/me/application-passwords/${uuid}`
		expect(await ask(place, path, { method: 'DELETE', headers })).toMatchObject({
			status: 200,
			body: { deleted: true },
		})
		const gone = { code: 'site-credential/wrong-password' }
		expect(await verify(username, password)).toMatchObject({ ok: false, diagnosis: gone })
	})
})
