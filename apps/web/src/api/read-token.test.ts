import { expect, it } from 'vitest'
import { readToken } from './read-token.ts'

it('reads the token of a one-time link, with or without its #', () => {
	expect(readToken('#rl_3nD8-xq0.aZ~pV')).toBe('rl_3nD8-xq0.aZ~pV')
	expect(readToken('rl_3nD8')).toBe('rl_3nD8')
})

it('takes nothing else for a token', () => {
	for (const fragment of ['', '#', '#a b', '#<script>', '#a%20b', `#${'a'.repeat(513)}`, '#ab/../c'])
		expect(readToken(fragment), fragment).toBeUndefined()
})
