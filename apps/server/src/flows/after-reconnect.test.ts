import { GROUPED, USERNAME } from '@postern/wp-client/testing/zoo-wordpress'
import { describe, expect, it } from 'vitest'
import { connected, must } from './connected.testing.ts'
import { noteRejectedLogin } from './note-login.ts'
import { pauseConnector } from './pause-connector.ts'
import { prepareVerification, verifySite } from './verify-site.ts'

/** A connector, and what was told of it, the newest first. */
async function told() {
	const place = await connected()
	const { store, workspaceId, connectorId: id, memberId } = place
	const events = async () => {
		const { entries } = must(await store.audit.page({ workspaceId, limit: 100 }))
		return entries.map(({ event }) => event).filter((event) => /attention$|recovered$/.test(event))
	}
	const notices = async () => (await store.notices.list(memberId)).map(({ kind }) => kind)
	const reject = async () => must(await noteRejectedLogin({ id, workspaceId, sealVersion: 1 }, store))
	return { ...place, events, notices, reject }
}

const both = ['connector.recovered', 'connector.needs-attention']

describe('a connector that is reconnected', () => {
	it('has recovered, once, also from what was found while its new credential was proved', async () => {
		const { actor, workspaceId, connectorId, ports, zoo, events, notices, reject } = await told()
		const address = `http://127.0.0.1:${zoo.httpPort}/`
		const typed = { username: USERNAME, applicationPassword: GROUPED }
		const signal = new AbortController().signal
		const request = { type: 'wordpress-app', address, typed, actor, workspaceId, connectorId, requestId: 'r', signal }
		const prepared = must(await prepareVerification(request, ports))
		await reject()
		must(await verifySite(prepared, () => undefined, ports))
		expect(await events()).toEqual(both)
		expect(await notices()).toEqual(['connector-recovered'])
	})

	it('has recovered also while it is paused, and is not looked at before it is resumed', async () => {
		const { change, store, connectorId, events, notices, reject, reconnect } = await told()
		await reject()
		must(await pauseConnector(change, store))
		await reconnect()
		expect(await events()).toEqual(both)
		expect(await notices()).toEqual(['connector-recovered'])
		expect(await store.jobs.find('connector.check', connectorId)).toBeUndefined()
	})

	it('tells nothing where nothing was wrong', async () => {
		const { events, reconnect } = await told()
		await reconnect()
		expect(await events()).toEqual([])
	})
})
