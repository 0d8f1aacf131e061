import { expect, it } from 'vitest'
import { readFields, selectFields } from './fields.ts'

const document = { id: 1, name: 'Ada', _links: { self: [{ href: 'x', hints: { allow: ['GET'] } }], up: [] } }

it.each([
	['name,id', { id: 1, name: 'Ada' }],
	['_links.self.href', { _links: { self: [{ href: 'x' }] } }],
	['_links.self.href,_links', { _links: document._links }],
	['_links,_links.self.href', { _links: document._links }],
	['name.first, id', { id: 1, name: 'Ada' }],
	['__proto__,constructor.name,toString', {}],
	['id.', { id: 1 }],
])('keeps of a document what %s names', (fields, kept) => {
	expect(selectFields([document], readFields(fields) ?? [])).toEqual([kept])
})

it('keeps what is named in time that does not grow with names times documents', () => {
	const people = Array.from({ length: 1_000 }, (_, id) => ({ ...document, id }))
	const begun = process.cpuUsage()
	expect(selectFields(people, readFields('x,y.z,'.repeat(40_000)) ?? [])).toEqual(people.map(() => ({})))
	expect(process.cpuUsage(begun).user / 1_000).toBeLessThan(2_000)
})
