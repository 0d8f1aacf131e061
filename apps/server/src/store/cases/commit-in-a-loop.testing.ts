// Records writes without a pause until it is killed, several at a time. Arguments: the place as JSON, and the workspace's id.
import { writeSync } from 'node:fs'
import { flushCompileCache } from 'node:module'
import { accessOf } from './access.testing.ts'
import { openAt, valueOf } from './place.testing.ts'

const [, , place = '', workspaceId = ''] = process.argv
const store = await openAt(JSON.parse(place))

flushCompileCache() // there is no later
writeSync(1, 'ready\n')
for (let count = 0; ; count += 1) {
	const routes = Array.from({ length: 5 }, (_, index) => `/${process.pid}/${count}/${index}`)
	await Promise.all(
		routes.map(async (route) => {
			store.accessJournal.note(accessOf(workspaceId, { route: '/read' }))
			valueOf(await store.accessJournal.commit(accessOf(workspaceId, { method: 'POST', isWrite: true, route }), null))
			writeSync(1, `${route}\n`) // only now it is acknowledged
		}),
	)
}
