import { describe, expect, it } from 'vitest'
import { linksOf, openPage, press, redirectOf, shownSecret, type Asked } from '../targets/authorize-page.ts'
import { ask, basic, passwordsOf } from '../targets/ask-place.ts'
import { newName } from '../targets/new-name.ts'
import { placesOf } from '../targets/open-places.ts'
import type { Place } from '../targets/target.ts'
import { targets } from '../targets/targets.ts'

const success_url = 'https://app.example/cb?state=a%2Bb'
const reject_url = 'https://app.example/no?x=1'
const me = '/wp-json/wp/v2/users/me'
const raw = expect.stringMatching(/^[A-Za-z0-9]{24}$/)

async function show(place: Place, asked: Asked) {
	const session = await place.sessionOf('editor')
	return { session, page: await openPage(place, session, asked) }
}

async function namesOf(place: Place): Promise<readonly string[]> {
	const { basic: headers } = await place.issue('admin')
	const { body } = await ask(place, passwordsOf(place, 'editor'), { headers })
	return Array.isArray(body) ? body.map((one) => String(Object(one)['name'])) : []
}

describe.each(targets('wordpress', 'postern', 'package'))('$name', (target) => {
	const { open, openNew } = placesOf(target)

	it('#171 sends the browser back with site, user and a password that works', async () => {
		const place = await open()
		const { session, page } = await show(place, { app_name: newName(), success_url })
		const { origin, pathname, searchParams } = redirectOf(await press(place, session, page, ['approve']))
		expect(origin + pathname).toBe('https://app.example/cb')
		const { username, id } = place.people.editor
		expect(Object.fromEntries(searchParams)).toEqual({
			state: 'a+b',
			site_url: place.url,
			user_login: username,
			password: raw,
		})
		const headers = basic(username, searchParams.get('password') ?? '')
		expect(await ask(place, me, { headers })).toMatchObject({ status: 200, body: { id } })
	})

	it('#173 keeps the query as it was', async () => {
		const place = await open()
		const { session, page } = await show(place, {
			app_name: newName(),
			success_url: 'https://app.example/cb?a=1&b=x%20y',
		})
		const { searchParams } = redirectOf(await press(place, session, page, ['approve']))
		const outcome = { site_url: place.url, user_login: place.people.editor.username, password: raw }
		expect([...searchParams]).toEqual(Object.entries({ a: '1', b: 'x y', ...outcome }))
	})

	it.each([
		['to reject_url as it was sent', { success_url, reject_url }, reject_url],
		['to reject_url also without success_url', { reject_url }, reject_url],
		['to success_url with success=false', { success_url }, `${success_url}&success=false`],
	])('#170 leads from a rejection %s', async (_where, asked, expected) => {
		const place = await open()
		const { session, page } = await show(place, { app_name: newName(), ...asked })
		const names = await namesOf(place)
		expect(redirectOf(await press(place, session, page, ['reject'])).href).toBe(expected)
		expect(await namesOf(place)).toEqual(names)
	})

	it('#170 leads from a rejection to the dashboard where no address was named', async () => {
		const place = await open()
		const { session, page } = await show(place, { app_name: newName() })
		expect(redirectOf(await press(place, session, page, ['reject'])).origin).toBe(place.url)
	})

	it('#176 takes both buttons for a rejection', async () => {
		const place = await open()
		const { session, page } = await show(place, { app_name: newName(), success_url, reject_url })
		const names = await namesOf(place)
		expect(redirectOf(await press(place, session, page, ['approve', 'reject'])).href).toBe(reject_url)
		expect(await namesOf(place)).toEqual(names)
	})

	it('#180 keeps the name that the person typed', async () => {
		const place = await openNew()
		const { session, page } = await show(place, { app_name: newName(), success_url })
		redirectOf(await press(place, session, page, ['approve'], { app_name: 'On my phone' }))
		expect(await namesOf(place)).toEqual(['On my phone'])
	})

	it('#168 links back from where the feature is off, and says so in the address', async () => {
		const place = await open({ environment: 'production' })
		const session = await place.sessionOf('editor')
		for (const [asked, link] of [
			[{ success_url, reject_url }, `${reject_url}&error=disabled`],
			[{ success_url }, `${success_url}&success=false&error=disabled`],
		] as const) {
			const { answer } = await openPage(place, session, asked)
			expect(answer.status).toBe(501)
			expect(linksOf(answer)).toContain(link)
		}
		const { answer } = await openPage(place, session)
		expect([answer.status, linksOf(answer).some((link) => link.startsWith(place.url))]).toEqual([501, true])
	})
})

describe.each(targets('postern', 'package'))('$name', (target) => {
	const { open } = placesOf(target)

	it('#172 shows the password once, also without JavaScript, where the application named no address', async () => {
		const place = await open()
		const { session, page } = await show(place, { app_name: newName(), reject_url })
		const answer = await press(place, session, page, ['approve'])
		expect(answer.status).toBe(200)
		const headers = basic(place.people.editor.username, shownSecret(answer) ?? '')
		expect((await ask(place, me, { headers })).status).toBe(200)
		const again = await openPage(place, session, { reject_url })
		expect(shownSecret(again.answer)).toBeUndefined()
	})
})

describe.each(targets('wordpress'))('$name', (target) => {
	const { open } = placesOf(target)

	it('#173 puts its own arguments in place of others of that name, which we refuse', async () => {
		const place = await open()
		const crowded = 'https://app.example/cb?a=1&password=guessed&site_url=evil&b=x%20y'
		const { session, page } = await show(place, { app_name: newName(), success_url: crowded })
		const { searchParams } = redirectOf(await press(place, session, page, ['approve']))
		const expected = { a: '1', b: 'x y', site_url: place.url, user_login: place.people.editor.username, password: raw }
		expect([...searchParams.keys()].toSorted()).toEqual(Object.keys(expected).toSorted())
		expect(Object.fromEntries(searchParams)).toEqual(expected)
	})

	it('#173 puts the arguments before a fragment, which we refuse', async () => {
		const place = await open()
		const { session, page } = await show(place, { app_name: newName(), success_url: 'https://app.example/cb#part' })
		const { hash, searchParams } = redirectOf(await press(place, session, page, ['approve']))
		expect([hash, searchParams.get('password')]).toEqual(['#part', raw])
	})

	it('#172 makes a password where the application named no address, and without JavaScript does not show it', async () => {
		const place = await open()
		const name = newName()
		const { session, page } = await show(place, { app_name: name })
		const answer = await press(place, session, page, ['approve'])
		expect([answer.status, shownSecret(answer)]).toEqual([200, undefined])
		expect(answer.text).toContain(name)
		expect(await namesOf(place)).toContain(name)
	})
})
