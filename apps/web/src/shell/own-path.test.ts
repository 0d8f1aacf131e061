import { expect, it } from 'vitest'
import { isOwnPath } from './own-path.ts'

it('goes back only to a page of our own after signing in', () => {
	expect(['/', '/connectors?search=a#b', '/join'].filter(isOwnPath)).toHaveLength(3)
	const foreign = [
		'',
		'connectors',
		'https://evil.example',
		'//evil.example',
		'/\\evil.example',
		'/\t/evil.example',
		'javascript:alert(1)',
	]
	expect(foreign.filter(isOwnPath)).toEqual([])
})

it('agrees with how addresses are read: what it lets through stays on our origin', () => {
	for (const text of ['/', '/a//b', '/..//evil.example', '/a\\b', '/%2f%2fevil.example', '/@evil.example'])
		if (isOwnPath(text)) expect(new URL(text, 'http://own.example').origin, text).toBe('http://own.example')
})
