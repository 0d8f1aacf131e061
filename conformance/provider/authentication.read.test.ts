import { describe, expect, it } from 'vitest'
import { ask, basic, mine } from '../targets/ask-place.ts'
import { isBefore } from '../targets/differences.ts'
import { neverIssued, refusal } from '../targets/expected.ts'
import { placesOf } from '../targets/open-places.ts'
import { targets } from '../targets/targets.ts'

const me = '/wp-json/wp/v2/users/me'

describe.each(targets('wordpress', 'postern', 'package'))('$name', (target) => {
	const { open } = placesOf(target)

	it('#49 #50 #51 #52 #53 admits by name or e-mail address, whatever stands between the characters of the secret', async () => {
		const place = await open()
		const { id, username, email } = place.people.editor
		const { password } = await place.issue('editor')
		const raw = password.replaceAll(' ', '')
		const dashed = `${raw.slice(0, 6)}-${raw.slice(6, 12)}!*&${raw.slice(12)}-`
		for (const [name, secret] of [
			[username, raw],
			[email, raw],
			[username, password],
			[username, dashed],
			[username.toUpperCase(), raw],
		] as const) {
			const answer = await ask(place, me, { headers: basic(name, secret) })
			expect(answer, `${name} ${secret}`).toMatchObject({ status: 200, body: { id } })
		}
	})

	it('#56 #149 says which password it was', async () => {
		const place = await open()
		await place.issue('editor')
		const { uuid, basic: headers } = await place.issue('editor')
		await place.issue('editor')
		for (const user of ['me', place.people.editor.id]) {
			const path = `/wp-json/wp/v2/users/${user}/application-passwords/introspect`
			expect(await ask(place, path, { headers })).toMatchObject({ status: 200, body: { uuid } })
		}
	})

	it('#62 splits at the first colon, so that a password may hold more of them', async () => {
		const place = await open()
		const { password } = await place.issue('editor')
		const headers = basic(place.people.editor.username, password.replaceAll(' ', ':'))
		expect((await ask(place, me, { headers })).status).toBe(200)
	})

	it('#63 takes the scheme in any case, and base64 without padding', async () => {
		const place = await open()
		const { password } = await place.issue('editor')
		// With a length that asks for padding.
		const base64 = btoa(`${place.people.editor.username}:${password}!`.padEnd(37, '!'))
		expect(base64).toMatch(/=$/)
		for (const authorization of [`basic ${base64}`, `BASIC ${base64}`, `Basic ${base64.replace(/=+$/, '')}`]) {
			const answer = await ask(place, me, { headers: { authorization } })
			expect(answer.status, authorization.slice(0, 6)).toBe(200)
		}
	})

	it('#63 takes no other header for credentials', async () => {
		const place = await open()
		const { username } = place.people.editor
		const { password } = await place.issue('editor')
		const base64 = btoa(`${username}:${password}`)
		const others = ['Basic', `Bearer ${base64}`, 'Basic !!!!', `Digest username="${username}"`]
		for (const authorization of others) {
			const answer = await ask(place, me, { headers: { authorization } })
			expect(answer, authorization).toMatchObject(refusal(401, 'rest_not_logged_in'))
		}
	})

	it('#61 takes a header without a colon inside for no credentials', async () => {
		const place = await open()
		await place.issue('editor')
		const authorization = `Basic ${btoa(place.people.editor.username)}`
		const answer = await ask(place, me, { headers: { authorization } })
		if (!isBefore('header without a colon', target)) expect(answer).toMatchObject(refusal(401, 'rest_not_logged_in'))
		expect([answer.status, answer.text]).toEqual([401, expect.stringContaining('"rest_not_logged_in"')])
	})

	it('#77 tells caches to keep no answer to a caller', async () => {
		const place = await open()
		const { basic: headers } = await place.issue('editor')
		const control = (await ask(place, me, { headers })).headers.get('cache-control')
		expect(control).toContain('no-cache')
		if (!isBefore('no-store for callers', target)) expect(control).toContain('no-store')
	})

	it('#78 never makes a browser ask for a password', async () => {
		const place = await open()
		for (const headers of [{}, basic('editor', neverIssued)]) {
			const answer = await ask(place, me, { headers })
			expect([answer.status, answer.headers.get('www-authenticate')]).toEqual([401, null])
		}
	})

	it('#79 authenticates at ?rest_route= in the same way', async () => {
		const place = await open()
		const { id, username } = place.people.editor
		const { basic: headers } = await place.issue('editor')
		for (const path of ['/?rest_route=/wp/v2/users/me', '/index.php?rest_route=/wp/v2/users/me']) {
			expect(await ask(place, path, { headers })).toMatchObject({ status: 200, body: { id } })
			const wrong = await ask(place, path, { headers: basic(username, neverIssued) })
			expect(wrong).toMatchObject(refusal(401, 'incorrect_password'))
		}
	})
})

describe.each(targets('wordpress', 'package'))('$name below every wire', (target) => {
	const { open, openNew } = placesOf(target)

	it('#68 #69 tells of each failure once, with its code, and of each success once, with user and password', async () => {
		const place = await openNew()
		const { username, email } = place.people.editor
		const { uuid, password, basic: headers } = await place.issue('editor')
		await ask(place, me, { headers })
		for (const [name, secret] of [
			['nobody-here', password],
			[`not.${email}`, password],
			[username, neverIssued],
		] as const)
			await ask(place, me, { headers: basic(name, secret) })
		expect(await place.domain().events()).toEqual([
			{ event: 'authenticated', username, uuid },
			{ event: 'failed', code: 'invalid_username' },
			{ event: 'failed', code: 'invalid_email' },
			{ event: 'failed', code: 'incorrect_password' },
		])
	})

	it('#68 tells of a refusal by hook once, and of no success', async () => {
		const place = await openNew({ refusesWith: 'my_code' })
		const { basic: headers } = await place.issue('editor')
		await ask(place, me, { headers })
		expect(await place.domain().events()).toEqual([{ event: 'failed', code: 'my_code' }])
	})

	it('#41 judges nothing where no API is asked, and tells of nothing', async () => {
		const place = await openNew()
		await place.issue('editor')
		const headers = basic(place.people.editor.username, neverIssued)
		expect((await ask(place, '/wp-admin/', { headers })).status).toBe(302)
		expect(await place.domain().events()).toEqual([])
	})

	it('#42 judges nothing, not even a name that nobody has, until the first password is made', async () => {
		const place = await openNew()
		const headers = basic('nobody-here', neverIssued)
		expect(await ask(place, me, { headers })).toMatchObject(refusal(401, 'rest_not_logged_in'))
		expect((await ask(place, '/wp-json/', { headers })).status).toBe(200)
		await place.issue('editor')
		expect(await ask(place, me, { headers })).toMatchObject(refusal(401, 'invalid_username'))
	})

	it('#45 calls the feature off, where a login is judged directly', async () => {
		const place = await open({ offFor: 'site' })
		const { password } = await place.issue('editor')
		const { username } = place.people.editor
		expect(await place.domain().authenticate(username, password)).toBe('application_passwords_disabled')
	})

	it('#48 does not note the use of a password that a hook refused', async () => {
		const place = await open({ refusesWith: 'my_code' })
		const { uuid, basic: headers } = await place.issue('admin')
		expect(await ask(place, me, { headers })).toMatchObject(refusal(401, 'my_code'))
		const watcher = await place.sessionOf('admin')
		const item = await ask(place, mine(`/${uuid}`), { headers: watcher })
		expect(item).toMatchObject({ status: 200, body: { last_used: null, last_ip: null } })
	})
})
