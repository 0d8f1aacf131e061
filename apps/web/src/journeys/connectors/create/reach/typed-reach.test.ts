import { describe, expect, it } from 'vitest'
import {
	changedReachBody,
	groupFingerprint,
	hasEdge,
	isPlain,
	plainReach,
	reachBody,
	hostTyped,
	keepReach,
	readReach,
	type TypedReach,
} from './typed-reach.ts'

const pin = 'ab'.repeat(32)
const staged: TypedReach = {
	transport: 'xml-rpc',
	edge: { username: 'staging', password: 'let me in' },
	certificatePin: pin,
}

describe('the way to a site', () => {
	it('is not spoken of where it is the usual one', () => {
		expect(reachBody(plainReach)).toEqual({})
		expect([isPlain(plainReach), hasEdge(plainReach)]).toEqual([true, false])
	})

	it('goes along whole where it is another', () => {
		expect(reachBody(staged)).toEqual({
			transport: 'xml-rpc',
			edgeUsername: 'staging',
			edgePassword: 'let me in',
			certificatePin: pin,
		})
		expect([isPlain(staged), hasEdge(staged)]).toEqual([false, true])
	})

	it('keeps a staging login that nobody typed anew, and takes away what was emptied', () => {
		expect(changedReachBody({ ...staged, edge: 'kept' })).toEqual({ transport: 'xml-rpc', certificatePin: pin })
		expect(changedReachBody(plainReach)).toEqual({
			transport: 'rest',
			edgeUsername: '',
			edgePassword: '',
			certificatePin: '',
		})
	})

	it('is kept for the tab without its password', () => {
		const kept = new Map<string, string>()
		const store = {
			setItem: (key: string, value: string) => void kept.set(key, value),
			removeItem: (key: string) => void kept.delete(key),
		}
		keepReach(store, 'k', { host: 'blog.example', reach: staged })
		const text = kept.get('k') ?? ''
		expect(text).not.toContain('let me in')
		expect(readReach(text)).toEqual({
			host: 'blog.example',
			reach: { ...staged, edge: { username: 'staging', password: '' } },
		})
		keepReach(store, 'k', { host: 'blog.example', reach: plainReach })
		expect(kept.size).toBe(0)
	})

	it.each([null, '', 'nonsense', '[]', '{"edge":7,"transport":"ftp","certificatePin":1}'])(
		'is the usual one after %j was found in the tab',
		(text) => expect(readReach(text)).toEqual({ host: '', reach: plainReach }),
	)

	it.each([
		['https://Blog.Example/path', 'blog.example'],
		['blog.example:8443', 'blog.example:8443'],
		[' http://127.0.0.1:8080 ', '127.0.0.1:8080'],
		['', ''],
		['https://', ''],
	])('belongs to the host in %j: %j', (address, host) => expect(hostTyped(address)).toBe(host))

	it('shows a fingerprint in groups that can be compared', () => {
		expect(groupFingerprint(pin)).toBe(Array.from({ length: 16 }, () => 'ABAB').join(' '))
	})
})
