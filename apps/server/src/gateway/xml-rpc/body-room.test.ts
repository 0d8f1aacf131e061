import { IncomingMessage, ServerResponse } from 'node:http'
import { Socket } from 'node:net'
import { expect, it } from 'vitest'
import { createBodyRoom } from './body-room.ts'

/** A request of so many bytes; what was pushed of it is there, and its end comes when somebody says so. */
function sending(ip: string, announced?: number) {
	const request = new IncomingMessage(new Socket())
	if (announced !== undefined) request.headers['content-length'] = String(announced)
	const response = new ServerResponse(request)
	const send = (bytes: number) => void request.push(Buffer.alloc(bytes))
	return { request, response, ip, took: () => undefined, send, end: () => void request.push(null) }
}

it.each([
	['192.0.2.1', '192.0.2.1'],
	['2001:db8::1', '2001:db8:0:0:9::2'],
])('gives one address or /64 half of the room, so that it keeps nobody else out (%s)', async (one, same) => {
	const room = createBodyRoom(100)
	const slow = sending(one)
	const held = room.read(slow)
	slow.send(50)
	await new Promise(setImmediate)
	const [more, other] = [sending(same, 1), sending('192.0.2.2', 50)]
	expect(await room.read(more)).toMatchObject({ problem: { code: 'gateway/busy' } })
	const unannounced = sending(same)
	unannounced.send(1)
	expect(await room.read(unannounced)).toMatchObject({ problem: { code: 'gateway/busy' } })
	other.send(50)
	other.end()
	const read = await room.read(other)
	expect(read).toMatchObject({ ok: true })
	expect(await room.read(sending('192.0.2.3', 1))).toMatchObject({ problem: { code: 'gateway/busy' } })
	if (read.ok) read.value.leave()
	slow.end()
	const first = await held
	if (first.ok) first.value.leave()
	const again = sending(one, 50)
	again.send(50)
	again.end()
	expect(await room.read(again)).toMatchObject({ ok: true, value: { bytes: { length: 50 } } })
})
