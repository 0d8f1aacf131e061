// Saves connectors without a pause until it is killed. Arguments: the place as JSON, and the workspace's id.
import { writeSync } from 'node:fs'
import { flushCompileCache } from 'node:module'
import { ok } from '@postern/vocabulary'
import { draftOf } from './connector.testing.ts'
import { openAt, valueOf } from './place.testing.ts'

const [, , place = '', workspaceId = ''] = process.argv
const store = await openAt(JSON.parse(place))
const actor = { kind: 'member', id: 'mem_a', name: 'Mia' } as const
const later = new Date('9999-01-01T00:00:00Z')
const size = 20_000 // several pages of the file each, so that a write has a middle

flushCompileCache() // there is no later
writeSync(1, 'ready\n')
for (let count = 0; ; count += 1) {
	const sealed = new Uint8Array(size).fill(count % 256)
	const draft = { ...draftOf(workspaceId, `site-${count}.example`, later), sealed }
	const saved = await store.transaction(async ({ connectors, audit }) => {
		await connectors.createDraft(draft)
		const connector = await connectors.save(workspaceId, draft.id, `Site ${count}`)
		const target = { kind: 'connector', id: draft.id, name: `Site ${count}` }
		await audit.record({ workspaceId, event: 'connector.created', actor, target, params: {}, requestId: null })
		return ok(connector)
	})
	writeSync(1, `${valueOf(saved)?.id}\n`) // only now it is acknowledged
}
