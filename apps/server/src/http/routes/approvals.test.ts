import { json } from '@postern/wp-client/testing/zoo-server'
import { USERNAME, wordpress } from '@postern/wp-client/testing/zoo-wordpress'
import { describe, expect, it } from 'vitest'
import { approve, comeBack, draftOf, openScene, refusalOf, type Scene, settled, start } from './approvals.testing.ts'
import corpus from './bad-inputs/callback.json' with { type: 'json' }
import { activity, ann, join, must, password } from './test-server.testing.ts'

const connectorsIn = ({ server }: Scene) => server.store.kysely.selectFrom('connector').selectAll().execute()
const visitsWithSecret = ({ zoo }: Scene) => zoo.visits.filter(({ headers }) => headers.authorization !== undefined)
const secretOf = (back: string) => new URL(back, 'http://here').searchParams.get('password') ?? ''

describe('Approve in WordPress', () => {
	it('leads to the page that the site named, with a name of its own each time and a way back that is used once', async () => {
		const scene = await openScene()
		const [first, second] = [await start(scene), await start(scene)]
		expect(first.body).toMatchObject({ returns: true, why: '', site: { title: 'The Zoo' } })
		const url = new URL(first.body.approveUrl)
		expect(url.origin + url.pathname).toBe(`${scene.address}/wp-admin/authorize-application.php`)
		expect(url.searchParams.get('app_id')).toBe(await scene.server.store.installation.getAppId())
		expect(url.searchParams.get('app_name')).toMatch(
			/^Postern – Ann’s blogs on localhost:4600, \d{4}-\d\d-\d\d [a-z2-9]{4}$/,
		)
		// 256 bits, of which the store knows the hash alone.
		const success = url.searchParams.get('success_url') ?? ''
		expect(success).toMatch(/^http:\/\/localhost:4600\/connect\/return\/[\w-]{43}$/)
		expect(url.searchParams.get('reject_url')).toBe(`${success}?success=false`)
		const rows = JSON.stringify(await scene.server.store.kysely.selectFrom('site_approval').selectAll().execute())
		expect(rows).not.toContain(success.split('/').at(-1))
		const other = new URL(second.body.approveUrl).searchParams
		expect(other.get('success_url')).not.toBe(success)
		expect(other.get('app_name')).not.toBe(url.searchParams.get('app_name'))
		expect(visitsWithSecret(scene)).toEqual([])
	})

	it('says that somebody was quicker, not that the password is wrong: it was replaced while this one was being proven', async () => {
		let quicker = async (): Promise<unknown> => undefined
		const scene: Scene = await openScene({
			before: (next) => (visit) => {
				if (visit.headers.authorization !== undefined) void quicker()
				return next(visit)
			},
		})
		const back = await comeBack(scene)
		const { kysely } = scene.server.store
		quicker = () => kysely.updateTable('site_approval').set({ used_at: 1 }).execute()
		for (const { uuid, name } of scene.site.passwords.list())
			if (name.startsWith('Postern – ')) scene.site.passwords.revoke(uuid)
		expect(refusalOf(await scene.browser.open(back))).toBe('approval/state-used')
		expect(await activity(scene.server, scene.workspaceId)).not.toContainEqual(expect.stringMatching(/refused|left/))
	})

	it('connects, and the password that travelled opens the site no more', async () => {
		const scene = await openScene()
		const back = await comeBack(scene)
		const draft = draftOf(await scene.browser.open(back))
		await settled(scene, draft)
		const listed = (await scene.browser.call('GET', `${scene.base}/connectors/drafts`)).body.connectors
		expect(listed).toMatchObject([
			{ id: draft, phase: 'draft', credentialFrom: 'rotated', isRotated: true, account: { username: USERNAME } },
		])
		expect(scene.site.passwords.find(secretOf(back))).toBeUndefined()
		// One of ours is left there, beside the one that was there before.
		const ours = scene.site.passwords.list().filter(({ name }) => name.startsWith('Postern – '))
		expect(ours).toHaveLength(1)
		expect(ours[0]?.uuid).toBe(listed[0].applicationPassword.uuid)
		const saved = await scene.browser.call('POST', `${scene.base}/connectors/${draft}/save`, { name: 'Blog' })
		expect(saved.status).toBe(200)
		const checked = await scene.browser.call('POST', `${scene.base}/connectors/${draft}/check`)
		expect(checked.body).toMatchObject({ state: 'healthy', rotationProblem: null })
		expect(await activity(scene.server, scene.workspaceId)).toEqual(
			expect.arrayContaining([
				'connector.approved by Ann on ' + new URL(scene.address).host,
				'connector.rotated by Ann on ' + new URL(scene.address).host,
			]),
		)
	})

	it('reconnects in place, for the same site only', async () => {
		const scene = await openScene()
		const draft = draftOf(await scene.browser.open(await comeBack(scene)))
		await settled(scene, draft)
		await scene.browser.call('POST', `${scene.base}/connectors/${draft}/save`, { name: 'Blog' })
		const started = await start(scene, { connectorId: draft })
		const answer = await scene.browser.open(approve(scene, started.body.approveUrl))
		expect(answer.headers.location).toBe(`/connectors/${draft}`)
		const connector = (await scene.browser.call('GET', `${scene.base}/connectors/${draft}`)).body
		expect(connector).toMatchObject({ id: draft, name: 'Blog', phase: 'saved' })
		expect((await start(scene, { connectorId: 'con_unknown' })).body.code).toBe('request/not-found')
	})

	it('names the password before where it is another user’s, who alone could remove it', async () => {
		const theirs: string[] = []
		const scene = await openScene({
			before: (next) => (visit) =>
				visit.method === 'DELETE' && theirs.some((uuid) => visit.url.includes(uuid))
					? json(404, { code: 'rest_application_password_not_found', message: 'No.', data: { status: 404 } })
					: next(visit),
		})
		const draft = draftOf(await scene.browser.open(await comeBack(scene)))
		await settled(scene, draft)
		await scene.browser.call('POST', `${scene.base}/connectors/${draft}/save`, { name: 'Blog' })
		const [row] = await connectorsIn(scene)
		theirs.push(row?.password_uuid ?? '')
		await scene.server.store.kysely.updateTable('connector').set({ site_user_id: 77 }).execute()
		const started = await start(scene, { connectorId: draft })
		const answer = await scene.browser.open(approve(scene, started.body.approveUrl))
		expect(answer.headers.location).toBe(`/connectors/${draft}`)
		const { entries } = must(await scene.server.store.audit.page({ workspaceId: scene.workspaceId, limit: 100 }))
		const left = entries.filter(({ event }) => event === 'connector.password-left')
		expect(left.map(({ params }) => params['name'])).toEqual([row?.password_name])
	})

	it('names the password that stays at the site where its connector is gone when they come back', async () => {
		let isClosed = false
		const scene = await openScene({
			before: (next) => (visit) =>
				isClosed && visit.method === 'DELETE' ? json(404, { code: 'rest_no_route', message: 'No.' }) : next(visit),
		})
		const draft = draftOf(await scene.browser.open(await comeBack(scene)))
		await settled(scene, draft)
		await scene.browser.call('POST', `${scene.base}/connectors/${draft}/save`, { name: 'Blog' })
		const started = await start(scene, { connectorId: draft })
		await scene.browser.call('DELETE', `${scene.base}/connectors/${draft}`)
		isClosed = true
		expect(refusalOf(await scene.browser.open(approve(scene, started.body.approveUrl)))).toBe('request/not-found')
		const { entries } = must(await scene.server.store.audit.page({ workspaceId: scene.workspaceId, limit: 100 }))
		const left = entries.find(({ event }) => event === 'connector.password-left')
		expect(left?.params['name']).toBe(started.body.appName)
	})

	it('keeps the certificate that a person pins in the one form it is compared in', async () => {
		const scene = await openScene()
		const colons = Array.from({ length: 32 }, () => 'AB').join(':')
		const pins = async () =>
			(await scene.server.store.kysely.selectFrom('site_approval').select('certificate_pin').execute()).map(
				(row) => row.certificate_pin,
			)
		await start(scene, { certificatePin: colons })
		expect(await pins()).toEqual(['ab'.repeat(32)])
		await start(scene, { certificatePin: '' })
		expect(new Set(await pins())).toEqual(new Set(['ab'.repeat(32), null]))
	})

	it('needs a person in a session, with the right to manage connectors', async () => {
		const scene = await openScene()
		const { server, browser, workspaceId } = scene
		const viewer = await join(server, { browser, workspaceId }, { username: 'vic', role: 'viewer' })
		expect((await start(scene, {}, viewer)).body.code).toBe('role/insufficient')
		expect((await start(scene, {}, server.browser())).body.code).toBe('account/session-required')
		// Who lost the right on the way comes back in vain.
		const editor = await join(server, { browser, workspaceId }, { username: 'edo', role: 'editor' })
		const started = await start(scene, {}, editor)
		const { members } = (await browser.call('GET', `${scene.base}/members`)).body
		const memberId = members.find((member: { username: string }) => member.username === 'edo')?.id
		const changed = await browser.call('PATCH', `${scene.base}/members/${memberId}`, { role: 'viewer' })
		expect(changed.status, changed.text).toBe(204)
		const answer = await editor.open(approve(scene, started.body.approveUrl))
		expect(refusalOf(answer)).toBe('approval/state-unknown')
		expect(await connectorsIn(scene)).toEqual([])
	})

	it('says so where a site has no such page, and where WordPress would not send anybody back', async () => {
		const plain = await openScene({ site: wordpress({ applicationPasswords: 'on', version: '6.1.9' }) })
		const started = (await start(plain)).body
		expect(started).toMatchObject({ returns: false, why: 'plain-http' })
		const asked = new URL(started.approveUrl).searchParams
		expect([...asked.keys()]).toEqual(['app_name', 'app_id'])
		const none = wordpress({ applicationPasswords: 'on' })
		const without = await openScene({
			site: none,
			before: (next) => (visit) => {
				const page = next(visit)
				if (typeof page === 'function') return page
				const body = String(page.body).replaceAll('/wp-admin/authorize-application.php', '')
				return {
					...page,
					body: body.replaceAll(/"authorization":"[^"]*"/g, '"authorization":"https://other.example/"'),
				}
			},
		})
		expect((await start(without)).body.code).toBe('approval/not-offered')
	})

	it('F59 tells of a login page that is hidden, and goes on all the same', async () => {
		const scene = await openScene({
			before: (next) => (visit) =>
				visit.url.startsWith('/wp-admin/') ? { status: 404, body: '<title>Not found</title>' } : next(visit),
		})
		expect((await start(scene)).body).toMatchObject({ returns: true, why: 'login-hidden' })
	})
})

/** The corpus has its own labels for our codes. */
const codeOfLabel: Readonly<Record<string, string>> = {
	state_used: 'approval/state-used',
	state_unknown: 'approval/state-unknown',
	site_mismatch: 'approval/site-mismatch',
	duplicate_param: 'approval/malformed',
	user_mismatch: 'approval/user-mismatch',
}
const expected = (id: string): string => {
	const row = corpus.find((one) => one.id === id)
	return codeOfLabel[row?.expect.code ?? ''] ?? ''
}

describe('the way back', () => {
	it('CBK-001 #183 #186 T15 takes a password, raw or in groups of four, and leads at once to an address without it', async () => {
		const scene = await openScene()
		for (const shape of ['raw', 'grouped']) {
			const back = await comeBack(scene)
			const secret = secretOf(back)
			const grouped = secret.match(/.{4}/g)?.join('%20') ?? ''
			const answer = await scene.browser.open(shape === 'raw' ? back : back.replace(secret, grouped))
			const draft = draftOf(answer)
			expect(answer.headers).toMatchObject({
				'cache-control': 'no-store',
				'referrer-policy': 'no-referrer',
				location: `/connectors/new?draft=${draft}`,
			})
			expect(answer.text).toBe('')
			await settled(scene, draft)
		}
		expect(await connectorsIn(scene)).toHaveLength(2)
	})

	it('CBK-002 #184 Z54 tells that the person declined, and stores nothing', async () => {
		const scene = await openScene()
		const { approveUrl } = (await start(scene)).body
		const reject = new URL(new URL(approveUrl).searchParams.get('reject_url') ?? '')
		expect(refusalOf(await scene.browser.open(reject.pathname + reject.search))).toBe('approval/rejected')
		expect(await connectorsIn(scene)).toEqual([])
		expect(await activity(scene.server, scene.workspaceId)).toContain('connector.approval-refused by Ann on nothing')
		const latest = (await scene.browser.call('GET', `${scene.base}/approvals/latest`)).body
		expect(latest).toMatchObject({ state: 'refused', address: scene.address, problem: { code: 'approval/rejected' } })
	})

	it('#184 tells that WordPress refused, and why', async () => {
		const scene = await openScene()
		const { approveUrl } = (await start(scene)).body
		const reject = new URL(new URL(approveUrl).searchParams.get('reject_url') ?? '')
		const answer = await scene.browser.open(`${reject.pathname}${reject.search}&error=disabled`)
		expect(refusalOf(answer)).toBe('approval/disabled')
		const latest = (await scene.browser.call('GET', `${scene.base}/approvals/latest`)).body
		expect(latest.problem).toMatchObject({ code: 'approval/disabled', params: { host: new URL(scene.address).host } })
	})

	it('CBK-004 T66 Z54 is gone once: the same again stores nothing, however often and how fast', async () => {
		const scene = await openScene()
		const back = await comeBack(scene)
		const answers = await Promise.all([1, 2, 3].map(() => scene.browser.open(back)))
		const drafts = answers.filter(({ headers }) => headers.location?.includes('draft='))
		expect(drafts).toHaveLength(1)
		for (const answer of answers.filter((one) => !drafts.includes(one)))
			expect(refusalOf(answer)).toBe(expected('CBK-004'))
		const [first] = drafts
		if (first !== undefined) await settled(scene, draftOf(first))
		expect(refusalOf(await scene.browser.open(back))).toBe(expected('CBK-004'))
		expect(await connectorsIn(scene)).toHaveLength(1)
	})

	it('T66 is gone after ten minutes', async () => {
		let now = new Date('2026-11-22T10:00:00Z')
		const scene = await openScene({ now: () => now })
		const back = await comeBack(scene)
		now = new Date(now.getTime() + 10 * 60_000)
		expect(refusalOf(await scene.browser.open(back))).toBe('approval/expired')
		expect((await scene.browser.call('GET', `${scene.base}/approvals/latest`)).body.state).toBe('expired')
		expect(await connectorsIn(scene)).toEqual([])
	})

	it('CBK-006 T66 belongs to the session that began; another one hears nothing of it, and does not use it up', async () => {
		const scene = await openScene()
		const { server, browser, workspaceId } = scene
		const other = await join(server, { browser, workspaceId }, { username: 'bob', role: 'admin' })
		const back = await comeBack(scene)
		const before = await activity(server, workspaceId)
		expect(refusalOf(await other.open(back))).toBe(expected('CBK-006'))
		const samePerson = server.browser()
		const signedIn = await samePerson.call('POST', '/session', { username: ann.username, password })
		expect(signedIn.status, signedIn.text).toBe(200)
		expect(refusalOf(await samePerson.open(back))).toBe(expected('CBK-006'))
		const after = (await activity(server, workspaceId)).filter((line) => !line.startsWith('account.'))
		expect(after).toEqual(before.filter((line) => !line.startsWith('account.')))
		expect(visitsWithSecret(scene)).toEqual([])
		draftOf(await browser.open(back))
	})

	it('CBK-007 T66 without a session leads to sign in, with nothing of it in the address, and keeps what was begun', async () => {
		const scene = await openScene()
		const back = await comeBack(scene)
		const stranger = scene.server.browser()
		const answer = await stranger.open(back)
		expect(answer).toMatchObject({ status: 303, headers: { location: '/sign-in', 'cache-control': 'no-store' } })
		expect(answer.headers['set-cookie']).toBeUndefined()
		expect(visitsWithSecret(scene)).toEqual([])
		draftOf(await scene.browser.open(back))
	})

	it('CBK-008 #185 T66 Z54 comes from the site that was found, or from nobody', async () => {
		const scene = await openScene()
		for (const site_url of ['https://evil.example', `${scene.address}/other`, 'http://127.0.0.1:1', '//evil.example'])
			expect(refusalOf(await scene.browser.open(await comeBack(scene, { site_url }))), site_url).toBe(
				expected('CBK-008'),
			)
		expect(visitsWithSecret(scene)).toEqual([])
		expect(await connectorsIn(scene)).toEqual([])
		// What is accepted still waits for a name and a click, with the address of the site before the eyes.
		const draft = draftOf(await scene.browser.open(await comeBack(scene, { site_url: `${scene.address}/` })))
		const [shown] = (await scene.browser.call('GET', `${scene.base}/connectors/drafts`)).body.connectors
		expect(shown).toMatchObject({ id: draft, phase: 'draft', site: { url: scene.address } })
	})

	it('CBK-009 T10 T66 takes no http where https was started', async () => {
		const scene = await openScene()
		const { approveUrl } = (await start(scene)).body
		const https = {
			siteUrl: 'https://blog.example',
			homeUrl: 'https://blog.example',
			wordpressUrl: 'https://blog.example',
		}
		await scene.server.store.kysely
			.updateTable('site_approval')
			.set({ site: JSON.stringify({ ...https, host: 'blog.example' }) })
			.execute()
		const back = approve(scene, approveUrl, { site_url: 'http://blog.example' })
		expect(refusalOf(await scene.browser.open(back))).toBe(expected('CBK-009'))
	})

	it('CBK-011 T65 with the password twice, or missing, is refused', async () => {
		const scene = await openScene()
		for (const spoil of [
			(back: string) => `${back}&password=b`,
			(back: string) => `${back}&password[]=b`,
			(back: string) => back.replace('password=', 'pass='),
			(back: string) => back.slice(0, back.indexOf('?')),
		])
			expect(refusalOf(await scene.browser.open(spoil(await comeBack(scene))))).toBe(expected('CBK-011'))
		expect(await connectorsIn(scene)).toEqual([])
	})

	it('CBK-013 T66 stores nothing that the site does not take', async () => {
		const scene = await openScene()
		const back = await comeBack(scene, { password: 'AAAAAAAAAAAAAAAAAAAAAAAA' })
		expect(refusalOf(await scene.browser.open(back))).toMatch(/^site-credential\/rejected/)
		expect(await connectorsIn(scene)).toEqual([])
		const { problem } = (await scene.browser.call('GET', `${scene.base}/approvals/latest`)).body
		expect(problem.params).toMatchObject({ username: USERNAME })
	})

	it('a login password in the place of one is not sent anywhere', async () => {
		const scene = await openScene()
		const back = await comeBack(scene, { password: 'my-login-password!' })
		expect(refusalOf(await scene.browser.open(back))).toMatch(/^site-credential\//)
		expect(visitsWithSecret(scene)).toEqual([])
	})

	it('CBK-014 T66 stores nothing of another user than the one who approved, and removes that password', async () => {
		const scene = await openScene({
			site: wordpress({ applicationPasswords: 'on', user: { username: 'somebody-else' } }),
		})
		const back = await comeBack(scene)
		expect(refusalOf(await scene.browser.open(back))).toBe(expected('CBK-014'))
		expect(await connectorsIn(scene)).toEqual([])
		expect(scene.site.passwords.find(secretOf(back))).toBeUndefined()
	})

	it('CBK-015 #186 T14 T15 leaves nothing of it in any log, answer or table', async () => {
		const scene = await openScene()
		const secrets: string[] = []
		const ways: ((back: string) => Promise<unknown>)[] = [
			(back) => scene.browser.open(back),
			(back) => scene.browser.open(back), // again
			(back) => scene.browser.open(`${back}&password=b`),
			(back) => scene.browser.open(back.replace('127.0.0.1', 'evil.example')),
			(back) => scene.server.browser().open(back),
			(back) => scene.browser.open(back, 'a body'),
			(back) => scene.browser.open(back, undefined, { 'sec-purpose': 'prefetch' }),
			(back) => scene.browser.open(back, undefined, { host: 'evil.example' }),
			(back) => scene.browser.open(back.replace('/return/', '/return/x')),
		]
		let last = ''
		for (const [index, way] of ways.entries()) {
			if (index !== 1) last = await comeBack(scene)
			secrets.push(secretOf(last), last.split('?')[0]?.split('/').at(-1) ?? '')
			const answer = JSON.stringify(await way(last))
			for (const secret of secrets) expect(answer).not.toContain(secret)
		}
		// A bug of ours on the way, too.
		const { members } = scene.server.store
		const back = await comeBack(scene)
		secrets.push(secretOf(back))
		Object.defineProperty(members, 'findByAccount', {
			value: () => {
				throw new Error(`a message that repeats ${secretOf(back)}`)
			},
		})
		expect(refusalOf(await scene.browser.open(back))).toBe('internal/bug')
		const written = scene.server.logged.join('\n')
		expect(written).toContain('internal/bug')
		expect(written).not.toContain('/connect/return')
		const { kysely } = scene.server.store
		const kept = JSON.stringify([
			await kysely.selectFrom('audit_event').selectAll().execute(),
			await kysely.selectFrom('site_approval').selectAll().execute(),
			await kysely.selectFrom('connector').selectAll().execute(),
		])
		for (const secret of secrets) {
			expect(written).not.toContain(secret)
			expect(kept).not.toContain(secret)
		}
	})

	it('is not used up by a browser that looks ahead, nor by HEAD or POST', async () => {
		const scene = await openScene()
		const back = await comeBack(scene)
		expect((await scene.browser.open(back, undefined, { 'sec-purpose': 'prefetch;prerender' })).status).toBe(403)
		expect((await scene.browser.open(back, 'x=1')).status).toBe(403)
		draftOf(await scene.browser.open(back))
	})

	it('T66 of two people, two tabs and two sites at once stay apart', async () => {
		const scene = await openScene()
		const { server, browser, workspaceId } = scene
		const bob = await join(server, { browser, workspaceId }, { username: 'bob', role: 'editor' })
		const backs = []
		for (const visitor of [browser, bob, browser, bob]) {
			const started = await start(scene, {}, visitor)
			backs.push({ visitor, back: approve(scene, started.body.approveUrl) })
		}
		const answers = await Promise.all(backs.map(({ visitor, back }) => visitor.open(back)))
		for (const answer of answers) await settled(scene, draftOf(answer))
		const rows = await connectorsIn(scene)
		expect(new Set(rows.map(({ password_uuid }) => password_uuid)).size).toBe(4)
		const bobs = must(await server.store.audit.page({ workspaceId, limit: 100 })).entries.filter(
			({ event, actor }) => event === 'connector.approved' && actor.name === 'bob',
		)
		expect(bobs).toHaveLength(2)
	})
})

it('every row of the corpus is asked here', () => {
	const asked = 'CBK-001 CBK-002 CBK-004 CBK-006 CBK-007 CBK-008 CBK-009 CBK-011 CBK-013 CBK-014 CBK-015'.split(' ')
	expect(corpus.map(({ id }) => id)).toEqual(asked)
})
