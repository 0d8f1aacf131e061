import { describe, expect, it } from 'vitest'
import { createClient, type Client } from 'wordpress'
import { neverIssued } from '../targets/expected.ts'
import { placesOf } from '../targets/open-places.ts'
import type { Place } from '../targets/target.ts'
import { targets } from '../targets/targets.ts'

type Settle = (error: Error | null, answer?: unknown) => void

function answerOf(ask: (done: Settle) => void): Promise<unknown> {
	return new Promise((resolve, reject) => {
		ask((error, answer) => (error === null ? resolve(answer) : reject(error)))
	})
}

function openClient(place: Place, person: 'admin' | 'editor', password: string): Client {
	return createClient({ url: place.url, username: place.people[person].username, password })
}

describe.each(targets('wordpress', 'postern'))('wordpress (npm), over XML-RPC, on $name', (target) => {
	const { open } = placesOf(target)

	it('lists the methods', async () => {
		const place = await open()
		const client = openClient(place, 'editor', neverIssued)
		expect(await answerOf((done) => client.listMethods(done))).toContain('wp.getProfile')
	})

	it('logs in, and reads who it is and who else is there', async () => {
		const place = await open()
		const { password } = await place.issue('admin')
		const client = openClient(place, 'admin', password)
		const { username, email, id } = place.people.admin
		const profile = await answerOf((done) => client.authenticatedCall('wp.getProfile', done))
		expect(profile).toMatchObject({ user_id: String(id), username, email, roles: ['administrator'] })
		const users = await answerOf((done) => client.authenticatedCall('wp.getUsers', { role: 'editor' }, done))
		expect(users).toMatchObject([{ username: 'editor' }])
		const blogs = await answerOf((done) => client.call('wp.getUsersBlogs', username, password, done))
		expect(blogs).toMatchObject([{ isAdmin: true }])
	})

	it('gets fault 403 for a wrong password', async () => {
		const place = await open()
		await place.issue('editor')
		const client = openClient(place, 'editor', neverIssued)
		const asked = answerOf((done) => client.authenticatedCall('wp.getProfile', done))
		await expect(asked).rejects.toMatchObject({ faultCode: 403 })
	})
})

describe.each(targets('postern'))('wordpress (npm), over XML-RPC, on $name', (target) => {
	const { open } = placesOf(target)

	it('writes nothing: Postern’s own root has no posts', async () => {
		const place = await open()
		const { password } = await place.issue('editor')
		const client = openClient(place, 'editor', password)
		const asked = answerOf((done) => client.authenticatedCall('wp.newPost', { post_title: 'No' }, done))
		await expect(asked).rejects.toMatchObject({ faultCode: -32601 })
	})
})
