import * as apiFetchModule from '@wordpress/api-fetch'
import { describe, expect, it } from 'vitest'
import { basic } from '../targets/ask-place.ts'
import { neverIssued } from '../targets/expected.ts'
import { newName } from '../targets/new-name.ts'
import { placesOf } from '../targets/open-places.ts'
import type { Headers, Place } from '../targets/target.ts'
import { targets } from '../targets/targets.ts'

const me = '/wp/v2/users/me'
const passwords = `${me}/application-passwords`

type Options = { readonly path: string; readonly headers: Record<string, string>; readonly method?: string }
type ApiFetch = {
	(options: Options): Promise<unknown>
	createRootURLMiddleware(root: string): (options: Options, next: (options: Options) => unknown) => unknown
}

/** Its types say that it is CommonJS, which it is not where we load it. */
function isApiFetch(loaded: unknown): loaded is ApiFetch {
	return typeof loaded === 'function' && 'createRootURLMiddleware' in loaded
}
const apiFetch: unknown = apiFetchModule.default

type Asked = { readonly method?: string; readonly data?: unknown }

/** Its own way to a site is one of its middlewares, and those are global: made here for each request. */
function askBy(place: Place, headers: Headers, path: string, asked: Asked = {}): Promise<unknown> {
	if (!isApiFetch(apiFetch)) throw new Error('that is not api-fetch')
	const addRoot = apiFetch.createRootURLMiddleware(`${place.url}/wp-json/`)
	return Promise.resolve(addRoot({ path, headers: { ...headers }, ...asked }, (options) => apiFetch(options)))
}

describe.each(targets('wordpress', 'postern'))('@wordpress/api-fetch on $name', (target) => {
	const { open } = placesOf(target)

	it('logs in, reads who it is, and introspects the password it uses', async () => {
		const place = await open()
		const { id } = place.people.editor
		const { uuid, basic: headers } = await place.issue('editor')
		expect(await askBy(place, headers, me)).toMatchObject({ id })
		expect(await askBy(place, headers, `${passwords}/introspect`)).toMatchObject({ uuid })
	})

	it('renames and ends a password, though it sends PUT and DELETE as POST', async () => {
		const place = await open()
		const { basic: headers } = await place.issue('admin')
		const { uuid } = await place.issue('admin')
		const name = newName()
		const renamed = await askBy(place, headers, `${passwords}/${uuid}`, { method: 'PUT', data: { name } })
		expect(renamed).toMatchObject({ uuid, name })
		const ended = await askBy(place, headers, `${passwords}/${uuid}`, { method: 'DELETE' })
		expect(ended).toMatchObject({ deleted: true, previous: { uuid } })
	})

	it('gets errors as WordPress writes them', async () => {
		const place = await open()
		await place.issue('editor')
		const wrong = basic(place.people.editor.username, neverIssued)
		await expect(askBy(place, wrong, me)).rejects.toMatchObject({ code: 'incorrect_password', data: { status: 401 } })
		await expect(askBy(place, {}, me)).rejects.toMatchObject({ code: 'rest_not_logged_in' })
	})
})

describe.each(targets('postern'))('@wordpress/api-fetch on $name', (target) => {
	const { open } = placesOf(target)

	it('makes no further password', async () => {
		const place = await open()
		const { basic: headers } = await place.issue('editor')
		const asked = askBy(place, headers, passwords, { method: 'POST', data: { name: newName() } })
		await expect(asked).rejects.toMatchObject({ code: 'rest_cannot_create_application_passwords' })
	})
})
