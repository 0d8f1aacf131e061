import { xmlRpcMethods, type XmlRpcMethod, type XmlRpcValue } from '@postern/wordpress'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { callXmlRpc } from './ask-wordpress.ts'
import { startWordPress, type WordPressSite } from './wordpress/start-wordpress.ts'
import { wordpressVersions } from './wordpress/wordpress-options.ts'

/** Tells a failed login from the other reasons for 403. */
const loginFailed = 40_399
const tellLogins = `add_filter( 'xmlrpc_login_error', function () { return new IXR_Error( ${loginFailed}, 'login' ); } );`
const nowhere = 999_999
/** Count their parameters in WordPress 7.1, not yet in the versions here. */
const countedLater = ['wp.uploadFile', 'metaWeblog.newMediaObject']

/** Asked as a subscriber about a post that is not there, so that nothing changes. */
describe.each(wordpressVersions)('WordPress %s', (version) => {
	let site: WordPressSite
	let password: string
	beforeAll(async () => {
		site = await startWordPress({ version, permalinks: 'pretty', plugins: [tellLogins] })
		password = (await site.createApplicationPassword('subscriber', 'test')).password
	})
	afterAll(() => site.stop())

	async function askWith(method: XmlRpcMethod, [user, secret]: readonly [number, number], length = 6): Promise<number> {
		const params: XmlRpcValue[] = Array.from({ length }, (_, index) => (index < 3 ? nowhere : {}))
		params[user] = 'subscriber'
		params[secret] = password
		const answer = await callXmlRpc(site.url, method.name, params.slice(0, length))
		return answer.kind === 'fault' ? answer.code : 200
	}

	it('has the methods of our table and no others', async () => {
		const listed = await callXmlRpc(site.url, 'system.listMethods', [])
		const names = listed.kind === 'value' && Array.isArray(listed.value) ? listed.value : []
		expect(names.map(String).toSorted()).toEqual(xmlRpcMethods.map(({ name }) => name).toSorted())
	})

	it.each(xmlRpcMethods)('#213 $name takes credentials there and not the other way round', async (method) => {
		if (method.credentials === null) return
		const [user, secret] = method.credentials
		expect(await askWith(method, [user, secret])).not.toBe(loginFailed)
		expect(await askWith(method, [secret, user])).toBe(loginFailed)
	})

	it.each(xmlRpcMethods.filter(({ minParams }) => minParams > 0))(
		'#200 $name wants $minParams parameters',
		async (method) => {
			const positions = method.credentials ?? [0, 1]
			const tooFew = await askWith(method, positions, method.minParams - 1)
			if (countedLater.includes(method.name)) expect(tooFew).toBe(401)
			else expect(tooFew).toBe(400)
			expect(await askWith(method, positions, method.minParams)).not.toBe(400)
		},
	)

	it.each(xmlRpcMethods.filter(({ minParams, credentials }) => minParams === 0 && credentials !== null))(
		'$name counts no parameters, and fails to log in without them',
		async (method) => {
			const answer = await callXmlRpc(site.url, method.name, [nowhere])
			// wp.newPage breaks down before it comes to that.
			expect(answer).toMatchObject({ kind: 'fault', code: method.name === 'wp.newPage' ? 500 : loginFailed })
		},
	)
})
