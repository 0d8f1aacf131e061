import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { readXmlRpcResponse } from '@postern/wordpress'
import { describe, expect, it } from 'vitest'
import { ask, passwordsOf } from '../targets/ask-place.ts'
import { neverIssued } from '../targets/expected.ts'
import { placesOf } from '../targets/open-places.ts'
import type { Place } from '../targets/target.ts'
import { targets } from '../targets/targets.ts'

const run = promisify(execFile)

async function curl(...args: readonly string[]): Promise<{ readonly status: number; readonly text: string }> {
	const { stdout } = await run('curl', ['--silent', '--show-error', '--write-out', '\n%{http_code}', ...args])
	const end = stdout.lastIndexOf('\n')
	return { status: Number(stdout.slice(end + 1)), text: stdout.slice(0, end) }
}

/** As WordPress' page about application passwords has it, with the three words replaced. */
const listUsers = (place: Place, username: string, password: string) => [
	'-H',
	'Content-Type: text/xml',
	'-d',
	`<methodCall><methodName>wp.getUsers</methodName><params><param><value>1</value></param><param><value>${username}</value></param><param><value>${password}</value></param></params></methodCall>`,
	`${place.url}/xmlrpc.php`,
]
const updatePost = (place: Place, username: string, password: string) => [
	'--user',
	`${username}:${password}`,
	'-X',
	'POST',
	'-d',
	'title=New Title',
	`${place.url}/wp-json/wp/v2/posts/4294967`,
]

describe.each(targets('wordpress', 'postern'))('curl as it is documented, on $name', (target) => {
	const { open } = placesOf(target)

	it('lists all users by XML-RPC', async () => {
		const place = await open()
		const { password } = await place.issue('admin')
		const { status, text } = await curl(...listUsers(place, place.people.admin.username, password))
		const answer = readXmlRpcResponse(text)
		expect([status, answer.kind]).toEqual([200, 'value'])
		const users = answer.kind === 'value' && Array.isArray(answer.value) ? answer.value : []
		const emails = users.map((one) => String(Object(one)['email']))
		for (const { email } of Object.values(place.people)) expect(emails).toContain(email)
		for (const one of users) expect(Object.keys(Object(one))).not.toContain('password')
	})

	it('lists nobody to a wrong password, and does not say what was wrong with it', async () => {
		const place = await open()
		await place.issue('admin')
		const said = []
		for (const name of [place.people.admin.username, 'nobody-here']) {
			const { status, text } = await curl(...listUsers(place, name, neverIssued))
			expect([status, readXmlRpcResponse(text)]).toMatchObject([200, { kind: 'fault', code: 403 }])
			said.push(text)
		}
		expect(said[0]).toBe(said[1])
	})

	it('is authenticated by --user with the password as it is shown, and finds no such post', async () => {
		const place = await open()
		const { password } = await place.issue('admin')
		const { status, text } = await curl(...updatePost(place, place.people.admin.username, password))
		// A site has posts, only not this one; at Postern's own root there is no such route.
		const code = target.kind === 'wordpress' ? 'rest_post_invalid_id' : 'rest_no_route'
		expect([status, JSON.parse(text)]).toMatchObject([404, { code }])
	})

	it('is told by --user that the password is wrong', async () => {
		const place = await open()
		await place.issue('admin')
		const { status, text } = await curl(...updatePost(place, place.people.admin.username, neverIssued))
		expect([status, JSON.parse(text)]).toMatchObject([401, { code: 'incorrect_password' }])
	})
})

describe.each(targets('postern'))('curl on $name', (target) => {
	const { open } = placesOf(target)

	it('makes no further password with one that was not issued for that', async () => {
		const place = await open()
		const { password, basic } = await place.issue('editor')
		const login = `${place.people.editor.username}:${password}`
		const path = passwordsOf(place, 'editor')
		const { status, text } = await curl('--user', login, '-d', 'name=Another', `${place.url}${path}`)
		expect([status, JSON.parse(text)]).toMatchObject([403, { code: 'rest_cannot_create_application_passwords' }])
		expect((await ask(place, path, { headers: basic })).status).toBe(403)
	})
})
