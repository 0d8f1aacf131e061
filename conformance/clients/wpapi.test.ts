import { describe, expect, it } from 'vitest'
import WPAPI from 'wpapi'
import { neverIssued } from '../targets/expected.ts'
import { newName } from '../targets/new-name.ts'
import { placesOf } from '../targets/open-places.ts'
import type { Place } from '../targets/target.ts'
import { targets } from '../targets/targets.ts'

function openClient(place: Place, username: string, password: string): WPAPI {
	return new WPAPI({ endpoint: `${place.url}/wp-json`, username, password })
}

const collection = '/users/(?P<owner>me)/application-passwords'
const route = `${collection}/(?P<uuid>[\\w-]+)`

describe.each(targets('wordpress', 'postern'))('wpapi on $name', (target) => {
	const { open } = placesOf(target)

	it('logs in, and reads who it is', async () => {
		const place = await open()
		const { username, email, id } = place.people.editor
		const { password } = await place.issue('editor')
		const me = await openClient(place, username, password).users().me().param('context', 'edit').get()
		expect(me).toMatchObject({ id, username, email, roles: ['editor'], capabilities: { edit_posts: true } })
	})

	it('introspects the password it uses', async () => {
		const place = await open()
		const { uuid, password } = await place.issue('editor')
		const client = openClient(place, place.people.editor.username, password)
		const passwords = client.registerRoute('wp/v2', route).call(client)
		expect(await passwords.owner('me').applicationPasswords().uuid('introspect').get()).toMatchObject({ uuid })
	})

	it('gets the error of a wrong password as WordPress writes it', async () => {
		const place = await open()
		await place.issue('editor')
		const asked = openClient(place, place.people.editor.username, neverIssued).users().me().get()
		await expect(asked).rejects.toMatchObject({ code: 'incorrect_password', data: { status: 401 } })
	})
})

describe.each(targets('postern'))('wpapi on $name', (target) => {
	const { open } = placesOf(target)

	it('finds the API from the front page, and all that can be asked from the index', async () => {
		const place = await open()
		const found = await WPAPI.discover(`${place.url}/`)
		const { username, id } = place.people.editor
		const { password } = await place.issue('editor')
		found.auth({ username, password })
		expect(await found.users().me().get()).toMatchObject({ id })
	})

	it('makes no users, and no further passwords', async () => {
		const place = await open()
		const { password } = await place.issue('editor')
		const client = openClient(place, place.people.editor.username, password)
		const user = { username: 'another', email: 'another@example.test', password: 'one more narrow gate' }
		await expect(client.users().create(user)).rejects.toMatchObject({ data: { status: 404 } })
		const passwords = client.registerRoute('wp/v2', collection).call(client)
		await expect(passwords.owner('me').applicationPasswords().create({ name: newName() })).rejects.toMatchObject({
			code: 'rest_cannot_create_application_passwords',
		})
	})
})
