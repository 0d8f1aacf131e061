import { asText, isXmlRpcStruct } from '@postern/wordpress'
import { readIncident } from './incident.ts'
import { readXmlRpcId } from './read-xml-rpc-id.ts'
import { recognizeTrouble } from './recognize-trouble.ts'
import type { Session } from './session.ts'
import type { DraftWay, Step } from './draft-way.ts'
import { callSignedIn, explainXmlRpc, type XmlRpcReply } from './xml-rpc-call.ts'

/** WordPress deletes a draft in two steps, the first of which is the trash. */
export function overXmlRpc(session: Session): DraftWay {
	return {
		write: async ({ title, content }) => {
			const post = { post_type: 'post', post_status: 'draft', post_title: title, post_content: content }
			const reply = await callSignedIn(session, 'wp.newPost', post)
			const id = reply.kind === 'value' ? readXmlRpcId(reply.value) : undefined
			return id ? { ok: true, value: id } : stopped(reply, session)
		},
		read: async (id) => {
			const reply = await callSignedIn(session, 'wp.getPost', id, ['post_title', 'post_content', 'post_status'])
			if (reply.kind !== 'value' || !isXmlRpcStruct(reply.value)) return stopped(reply, session)
			const { post_title: title, post_content: content, post_status: status } = reply.value
			return { ok: true, value: { id, title: asText(title), content: asText(content), status: asText(status) } }
		},
		remove: async (id) => {
			const trashed = await callSignedIn(session, 'wp.deletePost', id)
			if (trashed.kind !== 'value') return stopped(trashed, session)
			const deleted = await callSignedIn(session, 'wp.deletePost', id)
			// 404: the site keeps no trash, so it was gone the first time.
			const isGone = deleted.kind === 'value' || (deleted.kind === 'fault' && deleted.code === 404)
			return isGone ? { ok: true, value: true } : stopped(deleted, session)
		},
		isSignedIn: async () => (await callSignedIn(session, 'wp.getUsersBlogs')).kind === 'value',
	}
}

function stopped(reply: XmlRpcReply, session: Session): Step<never> {
	const found = explainXmlRpc(reply, session)
	const answer = reply.kind === 'trouble' ? reply.answer : undefined
	const isRefused = answer !== undefined && answer.status >= 400 && found.code !== 'xml-rpc/off'
	if (!isRefused) return { ok: false, trouble: found }
	const { code } = recognizeTrouble(answer, session.probe)
	const isOfFront = code === 'edge/firewall' || code === 'edge/challenge'
	const front = { status: answer.status, incident: readIncident(answer) }
	return isOfFront ? { ok: false, trouble: found, front } : { ok: false, trouble: found }
}
