import { asRecord, asText, restUrl } from '@postern/wordpress'
import { askApi, type ApiQuestion, type ApiReply } from './ask-api.ts'
import { askToDelete } from './ask-to-delete.ts'
import type { DraftWay, Step, Stored } from './draft-way.ts'
import { readIncident } from './incident.ts'
import { judgeLogin } from './judge-login.ts'
import { explainReply, type Session } from './session.ts'
import { type Trouble, trouble } from './trouble.ts'
import { accountUrlOf } from './where-the-secret-goes.ts'

const MAX_BYTES = 2_097_152

export function overRest(session: Session): DraftWay {
	const { site, probe, authorization } = session
	const ask = (step: string, route: string, more: Pick<ApiQuestion, 'method' | 'jsonBody'> = {}) => {
		const url = restUrl(site.root, route, { context: 'edit', _fields: 'id,title,content,status' })
		return askApi(probe, { step, url, authorization, maxBytes: MAX_BYTES, ...more })
	}
	return {
		write: async (sent) => {
			const jsonBody = JSON.stringify({ ...sent, status: 'draft' })
			const reply = await ask('write-draft', '/wp/v2/posts', { method: 'POST', jsonBody })
			const stored = reply.kind === 'json' ? readStored(reply.value) : undefined
			return stored === undefined ? stopped(reply, session) : { ok: true, value: stored.id }
		},
		read: async (id) => {
			const reply = await ask('read-draft', `/wp/v2/posts/${id}`)
			const stored = reply.kind === 'json' ? readStored(reply.value) : undefined
			return stored?.id === id ? { ok: true, value: stored } : stopped(reply, session)
		},
		remove: async (id) => {
			const reply = await askToDelete(session, {
				step: 'delete-draft',
				route: `/wp/v2/posts/${id}`,
				query: { force: 'true', _fields: 'deleted' },
			})
			const isGone = reply.kind === 'json' && asRecord(reply.value)?.['deleted'] === true
			return isGone ? { ok: true, value: true } : stopped(reply, session)
		},
		isSignedIn: async () => {
			const url = accountUrlOf(site)
			const reply = await askApi(probe, { step: 'account', url, authorization, maxBytes: MAX_BYTES })
			return judgeLogin(reply, { site, username: session.credential.username, quote: probe.quote }).kind === 'user'
		},
	}
}

function stopped(reply: ApiReply, session: Session): Step<never> {
	const { host, credential } = session
	if (reply.kind === 'json') return { ok: false, trouble: trouble('api/blocked', { host, plugin: '' }) }
	if (reply.kind === 'refused' && reply.answer.status === 403 && reply.error.code.startsWith('rest_cannot_'))
		return {
			ok: false,
			trouble: trouble('site-credential/role-too-low', { host, username: credential.username, role: '' }),
		}
	const found = explainReply(reply, session)
	if (reply.kind !== 'trouble' || reply.answer === undefined || !isOfFront(found)) return { ok: false, trouble: found }
	const front = { status: reply.answer.status, incident: readIncident(reply.answer) }
	return { ok: false, trouble: found, front }
}

/** A firewall, a challenge, or a lock-out that is none if the login still works. */
function isOfFront({ code }: Trouble): boolean {
	return code === 'edge/firewall' || code === 'edge/challenge' || code === 'site-credential/locked-out'
}

function readStored(value: unknown): Stored | undefined {
	const { id, title, content, status } = asRecord(value) ?? {}
	if (typeof id !== 'number' || !Number.isSafeInteger(id) || id < 1) return undefined
	return { id, title: readRaw(title), content: readRaw(content), status: asText(status) }
}

function readRaw(field: unknown): string {
	return asText(asRecord(field)?.['raw'])
}
