import { once } from 'node:events'
import { endAnswer } from '@postern/app-passwords'
import { xml } from './faults.ts'
import type { XmlRpcReached, XmlRpcReceived } from './ports.ts'
import type { BegunAnswer } from './read-site-answer.ts'

type Passing = {
	readonly received: XmlRpcReceived
	readonly reached: XmlRpcReached
	/** Names and values in turn, that every answer bears. */
	readonly headers: readonly string[]
	readonly receivedBytes: number
}

/** A reader may stop for so long. */
const stalledMs = 120_000

type End = 'complete' | 'aborted' | 'truncated' | 'revoked'

/** Passes a site's answer on as it comes, no faster than it is taken. One that breaks off breaks the caller's connection, too. */
export async function passStream(
	{ begun, rest, stop }: BegunAnswer,
	{ received, reached, headers, receivedBytes }: Passing,
): Promise<{ readonly passed: number }> {
	const { response, requestId } = received
	const list = [...headers, ...Object.entries(xml).flat(), 'x-request-id', requestId]
	let sentBytes = 0
	const write = async (chunk: Buffer): Promise<void> => {
		sentBytes += chunk.length
		if (response.write(chunk)) return
		const timer = setTimeout(leave, stalledMs)
		await Promise.race([once(response, 'drain').catch(() => undefined), closed])
		clearTimeout(timer)
	}
	const leaving = new AbortController()
	const closed = once(leaving.signal, 'abort').then(stop)
	const leave = (): void => leaving.abort()
	response.once('close', leave)
	reached.revoked.addEventListener('abort', leave, { once: true })
	if (response.destroyed || reached.revoked.aborted) leave()
	response.writeHead(200, list)
	let end: End | undefined
	let next = begun
	while (end === undefined) {
		await write(next)
		const chunk = leaving.signal.aborted ? undefined : await rest.next()
		if (leaving.signal.aborted) end = response.destroyed ? 'aborted' : 'revoked'
		else if (chunk?.ok !== true) end = 'truncated'
		else if (chunk.value === undefined) end = 'complete'
		else next = chunk.value
	}
	reached.finish({ status: 200, problem: null, sentBytes, receivedBytes, end })
	if (end === 'complete') endAnswer(response, undefined)
	else response.destroy()
	return { passed: 200 }
}
