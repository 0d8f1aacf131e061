import { request } from 'node:http'
import { describe, expect, it } from 'vitest'
import { ask, basic } from '../targets/ask-place.ts'
import { neverIssued, refusal } from '../targets/expected.ts'
import { placesOf } from '../targets/open-places.ts'
import type { Headers } from '../targets/target.ts'
import { targets } from '../targets/targets.ts'

const me = '/wp-json/wp/v2/users/me'
const swapCase = (text: string): string =>
	text.replaceAll(/[a-z]|([A-Z])/g, (letter, upper) =>
		upper === undefined ? letter.toUpperCase() : letter.toLowerCase(),
	)

describe.each(targets('wordpress', 'postern', 'package'))('$name', (target) => {
	const { open, openNew } = placesOf(target)

	it('#43 #59 #60 refuses a name that nobody has, the empty one too, with invalid_username', async () => {
		const place = await open()
		const { password } = await place.issue('editor')
		for (const headers of [
			basic('nobody-here', password),
			basic('', password),
			{ authorization: 'Basic dXNlcm5hbWU6cGFzc3dvcmQ=' },
		])
			expect(await ask(place, me, { headers })).toMatchObject(refusal(401, 'invalid_username'))
	})

	it('#44 refuses an e-mail address that nobody has with invalid_email', async () => {
		const place = await open()
		const { password } = await place.issue('editor')
		const answer = await ask(place, me, { headers: basic('nobody@example.test', password) })
		expect(answer).toMatchObject(refusal(401, 'invalid_email'))
	})

	it('#47 #54 #55 #58 refuses whatever is not the secret, the account’s own password too, with incorrect_password', async () => {
		const place = await openNew()
		const { username, password: own } = place.people.editor
		const { password } = await place.issue('editor')
		const ofSomebodyElse = (await place.issue('subscriber')).password
		for (const wrong of [neverIssued, swapCase(password), own, '-!* &', `${password}a`, ofSomebodyElse]) {
			const answer = await ask(place, me, { headers: basic(username, wrong) })
			expect(answer, wrong).toMatchObject(refusal(401, 'incorrect_password'))
		}
	})

	it('#55 tells of no authenticated password where the account’s own was tried', async () => {
		const place = await open()
		await place.issue('editor')
		const { username, password } = place.people.editor
		const path = '/wp-json/wp/v2/users/me/application-passwords/introspect'
		expect((await ask(place, path, { headers: basic(username, password) })).status).toBe(401)
	})

	it('#74 leads whoever brings one to the admin pages elsewhere', async () => {
		const place = await open()
		const { basic: headers } = await place.issue('admin')
		expect((await ask(place, '/wp-admin/', { headers })).status).toBe(302)
	})
})

describe.each(targets('wordpress', 'postern'))('$name with a sign-in', (target) => {
	const { open } = placesOf(target)

	it('#73 lets nobody sign in with one', async () => {
		const place = await open()
		const { username, password: own } = place.people.subscriber
		const { password } = await place.issue('subscriber')
		expect(await place.signIn(username, password)).toBe(false)
		expect(await place.signIn(username, own)).toBe(true)
	})
})

describe.each(targets('wordpress', 'package'))('$name with a hook', (target) => {
	const { open } = placesOf(target)

	it('#46 #93 refuses whom the hook excludes, and says so of his passwords to others as well', async () => {
		const place = await open({ offFor: 'subscriber' })
		const excluded = await place.issue('subscriber')
		const answer = await ask(place, me, { headers: excluded.basic })
		expect(answer).toMatchObject(refusal(401, 'application_passwords_disabled_for_user'))
		const admin = await place.issue('admin')
		const path = `/wp-json/wp/v2/users/${place.people.subscriber.id}/application-passwords`
		const list = await ask(place, path, { headers: admin.basic })
		expect(list).toMatchObject(refusal(501, 'application_passwords_disabled_for_user'))
	})

	it('#48 refuses with the code of a listener, after a match only', async () => {
		const place = await open({ refusesWith: 'my_code' })
		const { basic: headers } = await place.issue('editor')
		expect(await ask(place, me, { headers })).toMatchObject(refusal(401, 'my_code'))
		const wrong = basic(place.people.editor.username, neverIssued)
		expect(await ask(place, me, { headers: wrong })).toMatchObject(refusal(401, 'incorrect_password'))
	})
})

describe.each(targets('wordpress'))('$name on PHP’s own web server', (target) => {
	const { open } = placesOf(target)

	it('#57 #58 judges nothing where the web server hands on no password: an empty one', async () => {
		const place = await open()
		await place.issue('editor')
		const answer = await ask(place, me, { headers: basic(place.people.editor.username, '') })
		expect(answer).toMatchObject(refusal(401, 'rest_not_logged_in'))
	})
})

describe.each(targets('wordpress'))('$name with a session', (target) => {
	const { open } = placesOf(target)

	it('#70 forgets the session and the credentials where the nonce is missing', async () => {
		const place = await open()
		const { Cookie = '' } = await place.sessionOf('editor')
		const { basic: headers } = await place.issue('editor')
		const answer = await ask(place, me, { headers: { Cookie, ...headers } })
		expect(answer).toMatchObject(refusal(401, 'rest_not_logged_in'))
	})

	it('#71 lets the session act beside wrong credentials', async () => {
		const place = await open()
		const { id, username } = place.people.editor
		const session = await place.sessionOf('editor')
		const answer = await ask(place, me, { headers: { ...session, ...basic(username, neverIssued) } })
		expect(answer).toMatchObject({ status: 200, body: { id } })
	})

	it('#72 refuses a session with a wrong nonce', async () => {
		const place = await open()
		const session = await place.sessionOf('editor')
		const answer = await ask(place, me, { headers: { ...session, 'X-WP-Nonce': '0123456789' } })
		expect(answer).toMatchObject(refusal(403, 'rest_cookie_invalid_nonce'))
	})
})

describe.each(targets('postern', 'package'))('$name, stricter than WordPress,', (target) => {
	const { open } = placesOf(target)

	it('#65 #66 #77 refuses wrong credentials on public routes and the index too (WordPress: 200), and lets nobody keep that answer', async () => {
		const place = await open()
		await place.issue('editor')
		for (const path of ['/wp-json/', '/wp-json/wp/v2/types', '/?rest_route=/']) {
			const answer = await ask(place, path, { headers: basic(place.people.editor.username, neverIssued) })
			expect(answer, path).toMatchObject(refusal(401, 'incorrect_password'))
			expect(answer.headers.get('cache-control')).toContain('no-store')
		}
	})

	it('#58 refuses an empty password as a wrong one', async () => {
		const place = await open()
		await place.issue('editor')
		const answer = await ask(place, me, { headers: basic(place.people.editor.username, '') })
		expect(answer).toMatchObject(refusal(401, 'incorrect_password'))
	})

	it('#63 takes two spaces after the scheme for no credentials', async () => {
		const place = await open()
		const { password } = await place.issue('editor')
		const authorization = `Basic  ${btoa(`${place.people.editor.username}:${password}`)}`
		const answer = await ask(place, me, { headers: { authorization } })
		expect(answer).toMatchObject(refusal(401, 'rest_not_logged_in'))
	})

	it('#70 #71 goes by the credentials where there are some, and never by the session beside them', async () => {
		const place = await open()
		const session = await place.sessionOf('subscriber')
		const { id, username } = place.people.editor
		const { basic: right } = await place.issue('editor')
		const admitted = await ask(place, me, { headers: { ...session, ...right } })
		expect(admitted).toMatchObject({ status: 200, body: { id } })
		const refused = await ask(place, me, { headers: { ...session, ...basic(username, neverIssued) } })
		expect(refused).toMatchObject(refusal(401, 'incorrect_password'))
	})
})

describe.each(targets('postern'))('$name, stricter than WordPress,', (target) => {
	const { open, openNew } = placesOf(target)

	it('#72 takes no session for a login on its API, whatever nonce comes along (WordPress: with a good one)', async () => {
		const place = await open()
		const session = await place.sessionOf('editor')
		for (const nonce of ['', '0123456789']) {
			const answer = await ask(place, me, { headers: { ...session, 'X-WP-Nonce': nonce } })
			expect(answer).toMatchObject(refusal(401, 'rest_not_logged_in'))
		}
	})

	it('#81 after ten wrong logins from one address lets that one wait, and a right login from elsewhere in', async () => {
		const place = await openNew()
		const { username } = place.people.editor
		const { basic: right } = await place.issue('editor')
		for (let guesses = 1; guesses <= 10; guesses += 1) {
			const answer = await ask(place, me, { headers: basic(username, neverIssued) })
			expect(answer.status, `guess ${guesses}`).toBe(401)
		}
		const held = await ask(place, me, { headers: basic(username, neverIssued) })
		expect(held.status).toBe(429)
		expect(Number(held.headers.get('retry-after'))).toBeGreaterThan(0)
		expect(await statusFrom('127.0.0.2', `${place.url}${me}`, right)).toBe(200)
	})
})

/** Asks from another address of this machine. */
function statusFrom(localAddress: string, url: string, headers: Headers): Promise<number> {
	const { hostname, port, pathname } = new URL(url)
	const options = {
		host: '127.0.0.1',
		port,
		path: pathname,
		localAddress,
		headers: { ...headers, Host: `${hostname}:${port}` },
	}
	return new Promise((resolve, reject) => {
		request(options, (answer) => resolve(answer.resume().statusCode ?? 0))
			.on('error', reject)
			.end()
	})
}
