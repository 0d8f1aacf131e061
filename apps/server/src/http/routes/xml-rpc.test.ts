import { formatXmlRpcCall, readXmlRpcResponse } from '@postern/wordpress'
import { expect, onTestFinished, test } from 'vitest'
import { passwordsOf, pathOf } from './application-passwords.testing.ts'
import { setUpAnn, startTestServer } from './test-server.testing.ts'

/** A server as operators run it, and how its XML-RPC answers Ann over https or over plain http. */
async function start() {
	const server = await startTestServer({ environ: { POSTERN_ORIGIN: 'https://postern.example' } })
	onTestFinished(() => server.stop())
	const ann = await setUpAnn(server)
	const made = await passwordsOf(ann.browser, await pathOf(ann, 'Ann')).create({ name: 'x', scopes: ['posts:read'] })
	const { username, password } = made.body
	const call = async (scheme: 'https' | 'http', secret: string = password) => {
		const body = formatXmlRpcCall('wp.getProfile', ['1', username, secret])
		const headers = { 'x-forwarded-proto': scheme, 'content-type': 'text/xml' }
		const { status, text } = await server.browser().open('/xmlrpc.php', body, headers)
		return { status, ...readXmlRpcResponse(text) }
	}
	return { server, call }
}

test('#211 XML-RPC over plain http in production is refused, right or wrong, and tells nothing', async () => {
	const { server, call } = await start()
	expect(await call('https')).toMatchObject({ status: 200, kind: 'value' })
	const refused = { status: 200, kind: 'fault', code: 403 }
	const [right, wrong] = [await call('http'), await call('http', 'abcdEFGH1234ijklMNOP6789')]
	expect(right).toMatchObject(refused)
	expect(wrong).toEqual(right)
	await server.store.passwordStorage.flush()
	const kept = await server.store.kysely
		.selectFrom('audit_event')
		.select('params')
		.where('event', '=', 'application-password.refused')
		.execute()
	expect(kept.map(({ params }) => JSON.parse(params))).toMatchObject([{ code: 'application_passwords_disabled' }])
})
