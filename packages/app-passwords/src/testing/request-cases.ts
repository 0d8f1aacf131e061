import { deepStrictEqual, strictEqual } from 'node:assert'
import { keptRequestMs, type AuthorizeRequests, type KeptRequest } from '../authorize/authorize-requests.ts'

/** An adapter with nothing in it, and its clock. */
export type RequestsUnderTest = {
	readonly requests: AuthorizeRequests
	readonly now: () => Date
	readonly wait: (ms: number) => void
}

export type RequestCase = { readonly name: string; readonly run: (tested: RequestsUnderTest) => Promise<void> }

const requestAt = (shownAt: Date): KeptRequest => ({
	query: 'app_name=%F0%9F%9A%AA&success_url=https%3A%2F%2Fapp.example%2F',
	userId: 7,
	session: 'ses_1',
	tokenHash: 'hash',
	shownAt,
})

/** What an adapter of `AuthorizeRequests` must do, for any test runner. */
export const requestCases: readonly RequestCase[] = [
	{
		name: 'gives back what was kept, as often as it is asked, and nothing for another id',
		async run({ requests, now }) {
			const request = requestAt(now())
			await requests.keep('one', request)
			deepStrictEqual(await requests.find('one'), request)
			deepStrictEqual(await requests.find('one'), request)
			strictEqual(await requests.find('two'), undefined)
			strictEqual(await requests.find(''), undefined)
		},
	},
	{
		name: 'is taken by one of many',
		async run({ requests, now }) {
			await requests.keep('one', requestAt(now()))
			await requests.keep('two', requestAt(now()))
			const taken = await Promise.all(Array.from({ length: 8 }, async () => requests.take('one')))
			strictEqual(taken.filter(Boolean).length, 1)
			strictEqual(await requests.find('one'), undefined)
			strictEqual(await requests.take('one'), false)
			strictEqual((await requests.find('two'))?.userId, 7)
		},
	},
	{
		name: 'is neither found nor taken after its time',
		async run({ requests, now, wait }) {
			await requests.keep('one', requestAt(now()))
			await requests.keep('two', requestAt(now()))
			wait(keptRequestMs - 1)
			strictEqual((await requests.find('one')) === undefined, false)
			wait(1)
			strictEqual(await requests.find('one'), undefined)
			strictEqual(await requests.take('two'), false)
		},
	},
]
