import { fail, ok, type Result } from '@postern/vocabulary'
import { openPorts } from './ask-by-fetch.ts'
import type { Draft, DraftWay, Step } from './draft-way.ts'
import { failWith, openSession, type Session } from './session.ts'
import { overRest } from './try-draft-over-rest.ts'
import { overXmlRpc } from './try-draft-over-xml-rpc.ts'
import type { DraftTrial, ProbePorts, ReachableSite, SiteCredentialInput } from './types.ts'

/** What firewalls look at: a block's comment, markup, a link with a query. */
const draft: Draft = {
	title: 'Postern: trying a draft – may be deleted',
	content: [
		'<!-- wp:paragraph {"className":"postern-trial"} -->',
		'<p class="postern-trial">Postern wrote this to see whether a post with <strong>blocks</strong> and a ' +
			'<a href="https://example.com/?one=1&amp;two=2">link</a> gets through. It may be deleted.</p>',
		'<!-- /wp:paragraph -->',
	].join('\n'),
}

/**
 * Writes a marked draft, reads it back and deletes it for good: the whole way that a post will take. Fails with
 * `site/content-blocked` where a layer in front of WordPress takes the login but not what a post holds, and as
 * `readLatestPosts` does. Over both transports.
 */
export async function tryDraft(
	site: ReachableSite,
	credential: SiteCredentialInput,
	ports: ProbePorts = openPorts(),
): Promise<Result<DraftTrial>> {
	const opened = openSession(site, credential, ports)
	if (!opened.ok) return opened
	const session = opened.value
	const way = site.transport === 'xml-rpc' ? overXmlRpc(session) : overRest(session)
	return runTrial(way, session)
}

async function runTrial(way: DraftWay, { host, site, probe }: Session): Promise<Result<DraftTrial>> {
	const steps: { step: 'write' | 'read' | 'delete'; elapsedMs: number }[] = []
	const timed = async <T>(step: 'write' | 'read' | 'delete', running: Promise<Step<T>>): Promise<Step<T>> => {
		const startedAt = probe.clock()
		const ended = await running
		steps.push({ step, elapsedMs: probe.clock() - startedAt })
		return ended
	}
	const written = await timed('write', way.write(draft))
	if (!written.ok) {
		const { front } = written
		if (front === undefined || !(await way.isSignedIn())) return failWith(written.trouble)
		return fail('site/content-blocked', { params: { host, ...front, incident: probe.quote(front.incident, 80) } })
	}
	const id = written.value
	const read = await timed('read', way.read(id))
	const removed = await timed('delete', way.remove(id))
	if (!read.ok) return failWith(read.trouble)
	const { title, content, status } = read.value
	const stored = title === draft.title && content === draft.content && status === 'draft' ? 'as-sent' : 'changed'
	const url = `${site.wordpressUrl}/wp-admin/post.php?post=${id}&action=edit`
	return ok({ steps, stored, ...(removed.ok ? {} : { leftBehind: { id, url } }) })
}
