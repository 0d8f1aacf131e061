import { contract } from '@postern/api/contract'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ageProofs } from '../../e2e/testing/age-proofs.ts'
import { totpOf } from '../../e2e/testing/totp.ts'
import { ask, basic, callXmlRpc } from '../targets/ask-place.ts'
import { fault, refusal } from '../targets/expected.ts'
import { newName } from '../targets/new-name.ts'
import { startPosternPlace, valueOf, type Member, type PosternPlace } from '../targets/postern-target.ts'

const me = '/wp-json/wp/v2/users/me'

/** Switches the authenticator app on, and proves with it at once. */
async function secure({ session, password }: Member): Promise<string> {
	const { client } = session
	const { secret } = valueOf(await client.call(contract.startTwoFactor, { body: { password } }))
	const body = { code: totpOf(secret), revokeApplicationPasswords: false }
	valueOf(await client.call(contract.confirmTwoFactor, { body }))
	return secret
}

describe('Postern with a second factor', () => {
	let place: PosternPlace
	beforeAll(async () => {
		place = await startPosternPlace()
		const { editor, subscriber } = place.members
		for (const member of [editor, subscriber]) await secure(member)
	})
	afterAll(() => place.stop())

	const xmlRpc = (username: string, password: string) => callXmlRpc(place, 'wp.getUsersBlogs', [username, password])

	it('#221 lets somebody without one in by API', async () => {
		const { basic: headers, password } = await place.issue('admin')
		expect((await ask(place, me, { headers })).status).toBe(200)
		expect(await xmlRpc(place.people.admin.username, password)).toMatchObject({ kind: 'value' })
	})

	it('#222 lets nobody in by API with the account’s password', async () => {
		const { username, password } = place.people.editor
		await place.issue('admin')
		const answer = await ask(place, me, { headers: basic(username, password) })
		expect(answer).toMatchObject(refusal(401, 'incorrect_password'))
		expect(await xmlRpc(username, password)).toMatchObject(fault(403))
	})

	it('#223 #224 lets an application password in, unless API logins are off for that very person', async () => {
		const { editor, admin, subscriber } = place.members
		const ofEditor = await place.issue('editor')
		const ofSubscriber = await place.issue('subscriber')
		expect((await ask(place, me, { headers: ofEditor.basic })).status).toBe(200)
		expect(await xmlRpc(editor.username, ofEditor.password)).toMatchObject({ kind: 'value' })

		const { workspaceId, memberId } = editor
		const decided = { workspaceId, memberId, body: { allowed: false } }
		valueOf(await editor.session.client.call(contract.setApiLogin, decided))
		const refused = await ask(place, me, { headers: ofEditor.basic })
		expect(refused).toMatchObject(refusal(401, 'invalid_application_credentials'))
		expect(await xmlRpc(editor.username, ofEditor.password)).toMatchObject(fault(403))
		expect((await ask(place, me, { headers: ofSubscriber.basic })).status).toBe(200)
		expect(await xmlRpc(subscriber.username, ofSubscriber.password)).toMatchObject({ kind: 'value' })
		expect((await ask(place, me, { headers: (await place.issue('admin')).basic })).status).toBe(200)
		// Allowed or not, the account's own password stays outside.
		const allowed = { workspaceId, memberId, body: { allowed: true } }
		valueOf(await editor.session.client.call(contract.setApiLogin, allowed))
		expect(await xmlRpc(editor.username, editor.password)).toMatchObject(fault(403))
		expect(admin.workspaceId).toBe(workspaceId)
	})

	it('#226 makes no password for a session whose proof of the second factor is older than ten minutes (WordPress: does)', async () => {
		const { session, workspaceId, memberId } = place.members.subscriber
		const wanted = () => ({ workspaceId, memberId, body: { name: newName(), preset: 'read-only' as const } })
		const create = () => session.client.call(contract.createApplicationPassword, wanted())
		expect(await create()).toMatchObject({ ok: true })
		await ageProofs(place.postern)
		const answer = await create()
		expect(answer).toMatchObject({ ok: false, problem: { code: 'account/step-up-required' } })
	})
})
