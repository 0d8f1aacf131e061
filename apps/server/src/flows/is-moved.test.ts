import { expect, it } from 'vitest'
import { isMoved } from './is-moved.ts'

it.each([
	['https://blog.example/', 'https://blog.example', false],
	['http://blog.example/', 'https://blog.example/', false],
	['https://blog.example/', 'http://blog.example/', true],
	['https://blog.example/', 'https://www.blog.example/', true],
	['https://blog.example/', 'https://blog.example:8443/', true],
	['https://net.example/one/', 'https://net.example/one', false],
	['https://net.example/one/', 'https://net.example/two/', true],
	['https://net.example/one/', 'https://net.example/', true],
])('from %s to %s is a move: %s', (from, to, expected) => {
	expect(isMoved(from, to)).toBe(expected)
})
