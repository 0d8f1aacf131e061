import { expect, it } from 'vitest'
import { readReturn } from './read-return.ts'

/** As the router does it: what a reader gives is laid over what the address says. */
const readAddress = (search: Record<string, unknown>) => ({ ...search, ...readReturn(search) })

it('keeps a page of our own', () => {
	expect(readAddress({ return: '/users' }).return).toBe('/users')
})

it.each(['https://evil.example/', '//evil.example', 'javascript:alert(1)', { href: '/' }, 7])(
	'leaves nothing of %j for the way after signing in',
	(wanted) => {
		expect(readAddress({ return: wanted }).return).toBeUndefined()
	},
)
