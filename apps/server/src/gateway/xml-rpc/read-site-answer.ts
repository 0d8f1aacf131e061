import type { Readable } from 'node:stream'
import { fail, ok, type Result } from '@postern/vocabulary'
import { readXmlRpcResponse, type XmlRpcAnswer } from '@postern/wordpress'
import { failOf401 } from '../../access/edge-login.ts'
import type { OpenedCredential } from '../../access/open-credential.ts'
import type { XmlRpcSiteAnswer } from './ports.ts'

/** How a site's answer begins, and all that is still to come. */
export type BegunAnswer = {
	readonly kind: 'value' | 'fault'
	/** What was read to find that out. */
	readonly begun: Buffer
	readonly rest: Chunks
	readonly stop: () => void
}

/** A byte order mark, warnings of PHP and a declaration may stand in front. */
const longestFront = 65_536
const longestFault = 262_144
/** Of those that are read whole: while they are parsed nobody else is served. */
const longestAnswer = 16_777_216
/** A multicall of fifty lists of ten posts with most of their fields. */
const mostElements = 300_000

type Asked = { readonly host: string; readonly credential: OpenedCredential }

/**
 * Looks at how a site answers: a fault has to be read whole, a value may be passed on as it comes. Fails as `failOf401` does for
 * the 401 of a wall in front of it, with `redirect/refused`, `response/…`, `site/unavailable`.
 */
export async function beginAnswer(answer: XmlRpcSiteAnswer, asked: Asked): Promise<Result<BegunAnswer>> {
	const { header, body } = answer
	const { host } = asked
	const trouble = troubleOf(answer, asked)
	const encoding = header('content-encoding')
	if (!trouble.ok || (encoding !== undefined && encoding !== 'identity')) {
		body.destroy()
		return trouble.ok ? fail('response/encoding-unsupported', { params: { host } }) : trouble
	}
	const rest = chunksOf(body, host)
	const stop = () => void body.destroy()
	let begun = Buffer.alloc(0)
	for (;;) {
		const chunk = await rest.next()
		if (!chunk.ok) return chunk
		if (chunk.value !== undefined) begun = Buffer.concat([begun, chunk.value])
		const found = /<methodResponse>\s*<(params|fault)>/.exec(begun.toString('latin1'))
		if (found !== null) return ok({ kind: found[1] === 'fault' ? 'fault' : 'value', begun, rest, stop })
		if (chunk.value !== undefined && begun.length <= longestFront) continue
		stop()
		return fail('response/malformed', { params: { host } })
	}
}

/** 405 is WordPress' own, where somebody switched XML-RPC off. */
function troubleOf({ status, header, hasEdgeLogin }: XmlRpcSiteAnswer, { host, credential }: Asked): Result<void> {
	if (status === 200 || status === 405) return ok()
	if (status === 401) {
		const [contentType, challenge] = [header('content-type'), header('www-authenticate')]
		return failOf401({ host, contentType, challenge, credential, hasEdgeLogin })
	}
	if (status >= 300 && status < 400) return fail('redirect/refused', { params: { host } })
	return fail('site/unavailable', { params: { host, status } })
}

/** Reads the rest, and all of it. Fails with `response/too-large`, `response/malformed`. */
export async function readWhole({ kind, begun, rest, stop }: BegunAnswer, host: string): Promise<Result<XmlRpcAnswer>> {
	const limit = kind === 'fault' ? longestFault : longestAnswer
	const chunks = [begun]
	let size = begun.length
	for (;;) {
		const chunk = await rest.next()
		if (!chunk.ok) return chunk
		if (chunk.value === undefined) break
		size += chunk.value.length
		if (size > limit) {
			stop()
			return fail('response/too-large', { params: { host, limit } })
		}
		chunks.push(chunk.value)
	}
	const text = Buffer.concat(chunks, size).toString('utf8')
	const answer = readXmlRpcResponse(text.slice(text.indexOf('<')), { maxElements: mostElements })
	return answer.kind === 'malformed' ? fail('response/malformed', { params: { host } }) : ok(answer)
}

/** The pieces of a body in turn; undefined at the end. Fails when the stream breaks. */
export type Chunks = { readonly next: () => Promise<Result<Buffer | undefined>> }

function chunksOf(body: Readable, host: string): Chunks {
	// One that breaks while nobody reads must not break us.
	body.on('error', () => undefined)
	const iterator: AsyncIterator<unknown> = body[Symbol.asyncIterator]()
	return {
		async next() {
			try {
				const next = await iterator.next()
				return ok(next.done === true || !Buffer.isBuffer(next.value) ? undefined : next.value)
			} catch (cause) {
				return fail('response/malformed', { params: { host }, cause })
			}
		},
	}
}
