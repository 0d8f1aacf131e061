import { describe, expect, it } from 'vitest'
import { openPage, press, redirectOf } from '../targets/authorize-page.ts'
import { ask, basic, passwordsOf } from '../targets/ask-place.ts'
import { neverIssued } from '../targets/expected.ts'
import { newName } from '../targets/new-name.ts'
import { placesOf } from '../targets/open-places.ts'
import type { Place } from '../targets/target.ts'
import { targets } from '../targets/targets.ts'

const success_url = 'https://app.example/cb'

async function countOf(place: Place): Promise<number> {
	const { basic: headers } = await place.issue('admin')
	const { body } = await ask(place, passwordsOf(place, 'editor'), { headers })
	return Array.isArray(body) ? body.length : -1
}

describe.each(targets('wordpress', 'postern', 'package'))('$name', (target) => {
	const { open } = placesOf(target)

	it('#175 makes nothing without the token of the form, or with another', async () => {
		const place = await open()
		const session = await place.sessionOf('editor')
		const page = await openPage(place, session, { app_name: newName(), success_url })
		const before = await countOf(place)
		for (const token of ['', '0123456789']) {
			const answer = await press(place, session, page, ['approve'], { _wpnonce: token })
			expect(answer.status, token).toBe(403)
		}
		expect(await countOf(place)).toBe(before)
	})

	it('#177 asks again where the name is empty, and makes nothing', async () => {
		const place = await open()
		const session = await place.sessionOf('editor')
		const page = await openPage(place, session, { app_name: newName(), success_url })
		const before = await countOf(place)
		const answer = await press(place, session, page, ['approve'], { app_name: '  ' })
		expect(answer.status).toBe(200)
		expect(answer.text).toContain('name="app_name"')
		expect(await countOf(place)).toBe(before)
	})

	it('#169 is not for a site that asks for Basic credentials itself', async () => {
		const place = await open()
		const headers = { ...(await place.sessionOf('editor')), ...basic('editor', neverIssued) }
		const { answer } = await openPage(place, headers, { app_name: newName(), success_url })
		expect(answer.status).toBe(501)
	})
})

describe.each(targets('postern', 'package'))('$name, stricter than WordPress,', (target) => {
	const { open } = placesOf(target)

	it('#178 refuses a form that was tampered with, and makes nothing (WordPress: redirects there)', async () => {
		const place = await open()
		const session = await place.sessionOf('editor')
		const before = await countOf(place)
		for (const changed of [
			{ success_url: 'http://evil.example/' },
			{ success_url: 'javascript:alert(1)' },
			{ reject_url: 'https://evil.example/' },
			{ app_id: 'nope' },
		]) {
			const page = await openPage(place, session, { app_name: newName(), success_url })
			const answer = await press(place, session, page, ['approve'], changed)
			expect(answer.status, JSON.stringify(changed)).toBe(400)
			expect(answer.headers.get('location')).toBeNull()
		}
		expect(await countOf(place)).toBe(before)
	})

	it('#182 makes one password of a form that is sent twice', async () => {
		const place = await open()
		const session = await place.sessionOf('editor')
		const page = await openPage(place, session, { app_name: newName(), success_url })
		const before = await countOf(place)
		const answers = await Promise.all([1, 2].map(() => press(place, session, page, ['approve'])))
		expect(answers.map(({ status }) => status).toSorted((one, other) => one - other)).toEqual([303, 409])
		expect(redirectOf(answers.find(({ status }) => status === 303) ?? answers[0] ?? neverAnswered()).origin).toBe(
			'https://app.example',
		)
		expect(await countOf(place)).toBe(before + 1)
	})

	it('#175 takes no form that was shown to somebody else', async () => {
		const place = await open()
		const page = await openPage(place, await place.sessionOf('editor'), { app_name: newName(), success_url })
		const answer = await press(place, await place.sessionOf('subscriber'), page, ['approve'])
		expect(answer.status).toBe(403)
	})
})

function neverAnswered(): never {
	throw new Error('nothing was answered')
}
