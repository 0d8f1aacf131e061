import { expect, it } from 'vitest'
import { shortAddress } from './short-address.ts'

it('tells two sites of one network apart', () => {
	const host = 'blog.example'
	expect(shortAddress({ host, url: 'https://blog.example/north/' })).toBe('blog.example/north')
	expect(shortAddress({ host, url: 'https://blog.example/south' })).toBe('blog.example/south')
	expect(shortAddress({ host, url: 'https://blog.example' })).toBe('blog.example')
})
