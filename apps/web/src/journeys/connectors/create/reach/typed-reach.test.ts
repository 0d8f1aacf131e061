import { describe, expect, it } from 'vitest'
import {
	changedReachBody,
	groupFingerprint,
	hasEdge,
	isPlain,
	plainReach,
	reachBody,
	readReach,
	withoutSecret,
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
		const text = JSON.stringify(withoutSecret(staged))
		expect(text).not.toContain('let me in')
		expect(readReach(text)).toEqual({ ...staged, edge: { username: 'staging', password: '' } })
	})

	it.each([null, '', 'nonsense', '[]', '{"edge":7,"transport":"ftp","certificatePin":1}'])(
		'is the usual one after %j was found in the tab',
		(text) => expect(readReach(text)).toEqual(plainReach),
	)

	it('shows a fingerprint in groups that can be compared', () => {
		expect(groupFingerprint(pin)).toBe(Array.from({ length: 16 }, () => 'ABAB').join(' '))
	})
})
