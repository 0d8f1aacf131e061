import { Secret } from '@postern/vocabulary'
import { expect, it } from 'vitest'
import type { LookResult } from '../connectors/connector-type.ts'
import { plainReach } from '../store/connector/reach.ts'
import type { Wanted } from './prove.ts'
import { takeTurns } from './take-turns.ts'

const wantedAt = (address: string): Wanted => ({
	type: 'wordpress-app',
	address,
	credential: { username: 'yuki', password: new Secret('secret') },
	reach: plainReach,
})

/** Looks that end when the test says so. */
function openLooks() {
	const begun: { readonly address: string; readonly end: () => void; readonly fail: () => void }[] = []
	const proof: LookResult = {
		ok: false,
		diagnosis: {
			code: 'network/closed',
			params: { host: 'a' },
			certainty: 'sure',
			rung: 'address',
			alternatives: [],
			evidence: [],
		},
	}
	const prove = takeTurns(
		({ address }) =>
			new Promise((resolve, reject) => {
				begun.push({ address, end: () => resolve(proof), fail: () => reject(new Error('ended twice')) })
			}),
		{ perHost: 2 },
	)
	const look = (address: string, signal = new AbortController().signal) => prove(wantedAt(address), { signal })
	return { begun, look }
}

const turn = () => new Promise((resolve) => void setImmediate(resolve))

it('lets two look at a host at once, the next when one of them has ended, and at others meanwhile', async () => {
	const { begun, look } = openLooks()
	const looks = ['https://a.example/', 'https://a.example/blog', 'https://a.example/shop', 'https://b.example/'].map(
		(at) => look(at),
	)
	await turn()
	expect(begun.map(({ address }) => address)).toEqual([
		'https://a.example/',
		'https://a.example/blog',
		'https://b.example/',
	])
	begun[1]?.end()
	await turn()
	expect(begun.at(-1)?.address).toBe('https://a.example/shop')
	for (const { end } of begun) end()
	expect(await Promise.all(looks)).toHaveLength(4)
})

it('goes on to the next when a look fails', async () => {
	const { begun, look } = openLooks()
	const looks = [1, 2, 3].map(() => look('https://a.example/'))
	await turn()
	begun[0]?.fail()
	await expect(looks[0]).rejects.toThrow('ended twice')
	await turn()
	expect(begun).toHaveLength(3)
	for (const { end } of begun) end()
	await Promise.all(looks.slice(1))
})

it('takes no turn of whoever has left while waiting', async () => {
	const { begun, look } = openLooks()
	const left = new AbortController()
	const looks = [look('https://a.example/'), look('https://a.example/')]
	const leaving = look('https://a.example/gone', left.signal)
	const after = look('https://a.example/after')
	left.abort(new Error('left'))
	await expect(leaving).rejects.toThrow('left')
	begun[0]?.end()
	await turn()
	expect(begun.map(({ address }) => address)).toEqual([
		'https://a.example/',
		'https://a.example/',
		'https://a.example/after',
	])
	for (const { end } of begun) end()
	await Promise.all([...looks, after])
	// Nothing is kept of a host that nobody looks at.
	void look('https://a.example/again')
	void look('https://a.example/again')
	await turn()
	expect(begun).toHaveLength(5)
	for (const { end } of begun) end()
})
