import type { Scope } from '@postern/vocabulary'
import { describe, expect, it } from 'vitest'
import { ask, callerWith, request, said } from './decide.testing.ts'
import type { FieldValue } from './request.ts'

/**
 * Written by hand, a letter for each column: read, draft, write, publish, write with others.
 * `-` refused; `F` freely; `O` own posts only; `D` own drafts only; `S` drafts only, of anybody.
 */
const rows: readonly (readonly [field: string, value: FieldValue, create: string, edit: string])[] = [
	['title', 'x', '-FFFF', '-DOOF'],
	['content', '<p>x</p>', '-FFFF', '-DOOF'],
	['excerpt', { raw: 'x' }, '-FFFF', '-DOOF'],
	['slug', 'x', '-FFFF', '-DOOF'],
	['categories', [1, 2], '-FFFF', '-DOOF'],
	['tags', '1,2', '-FFFF', '-DOOF'],
	['featured_media', 5, '-FFFF', '-DOOF'],
	['format', 'aside', '-FFFF', '-DOOF'],
	['parent', 4, '-FFFF', '-DOOF'],
	['menu_order', 4, '-FFFF', '-DOOF'],
	['context', 'edit', '-FFFF', '-DOOF'],
	['_locale', 'user', '-FFFF', '-DOOF'],
	['_fields', 'id', '-FFFF', '-DOOF'],
	['status', 'draft', '-FFFF', '-DOOF'],
	['status', 'pending', '-FFFF', '-DOOF'],
	['status', 'auto-draft', '-FFFF', '-DOOF'],
	['status', 'publish', '---F-', '---O-'],
	['status', 'future', '---F-', '---O-'],
	['status', 'private', '---F-', '---O-'],
	['status', 'trash', '-----', '-----'],
	['status', 'wc-completed', '---F-', '---O-'],
	['status', 'Draft', '---F-', '---O-'],
	['status', 'draft ', '---F-', '---O-'],
	['status', '', '---F-', '---O-'],
	['status', ['draft'], '---F-', '---O-'],
	['status', { raw: 'draft' }, '---F-', '---O-'],
	['date', '2020-01-01T00:00:00', '--FFF', '--DOS'],
	['date', '', '--FFF', '--DOS'],
	['date', null, '-FFFF', '-DDOS'],
	['date_gmt', '2020-01-01T00:00:00', '--FFF', '--DOS'],
	['date_gmt', null, '-FFFF', '-DDOS'],
	['password', 'x', '---F-', '---O-'],
	['password', '', '---F-', '---O-'],
	['sticky', true, '---F-', '---O-'],
	['sticky', false, '---F-', '---O-'],
	['author', 3, '--FFF', '--OOF'],
	['author', '3', '--FFF', '--OOF'],
	['author', 4, '----F', '----F'],
	['author', '4', '----F', '----F'],
	['meta', { a: 1 }, '--FFF', '--OOF'],
	['template', 'wide.php', '--FFF', '--OOF'],
	['comment_status', 'open', '--FFF', '--OOF'],
	['ping_status', 'open', '--FFF', '--OOF'],
	['acf', { price: 1 }, '--FFF', '--OOF'],
	['Status', 'publish', '--FFF', '--OOF'],
	['what_a_plugin_adds', 'x', '--FFF', '--OOF'],
]

const families = [
	['posts', 'posts'],
	['pages', 'pages'],
	['types:books', 'books'],
] as const
const columns = ['read', 'draft', 'write', 'publish', 'write others'] as const
const places = ['query', 'body'] as const

type Family = (typeof families)[number][0]

function scopesOf(family: Family, column: (typeof columns)[number]): readonly Scope[] {
	return column === 'write others' ? [`${family}:write`, `${family}:others`] : [`${family}:${column}`]
}

const letters: Readonly<Record<string, string>> = {
	free: 'F',
	'if own': 'O',
	'if own or own+draft': 'O',
	'if own or draft or own+draft': 'O',
	'if own+draft': 'D',
	'if own+draft or own+draft': 'D',
	'if draft or own+draft': 'S',
	'if draft or own+draft or draft or own+draft': 'S',
}

function letterOf(outcome: string): string {
	if (outcome.startsWith('application-password/scope-missing ')) return '-'
	return letters[outcome] ?? outcome
}

describe('fields of posts', () => {
	it('T26 are judged in far more than 400 cells', () => {
		expect(rows.length * columns.length * places.length * 2).toBeGreaterThan(400)
	})

	it.each(families.flatMap(([family, base]) => rows.map((row) => [family, base, ...row] as const)))(
		'T26 %s (%s): %s of %j comes with %s, %s',
		(family, base, field, value, create, edit) => {
			for (const place of places) {
				for (const [route, expected] of [
					[`/wp/v2/${base}`, create],
					[`/wp/v2/${base}/7`, edit],
				] as const) {
					const judged = columns.map((column) => {
						// With a title, so that no verb is right for what changes nothing.
						const sent = { [place]: { title: 'x', [field]: value } }
						return letterOf(said(ask(callerWith(...scopesOf(family, column)), request('POST', route, sent))))
					})
					expect(judged.join(''), `${place} ${route}`).toBe(expected)
				}
			}
		},
	)

	it('T26 count wherever they stand, also when the other place says something harmless', () => {
		const drafting = callerWith('posts:draft')
		const sent = { query: { status: 'publish' }, body: { status: 'draft', title: 'x' } }
		expect(said(ask(drafting, request('POST', '/wp/v2/posts', sent)))).toMatch(/missing posts:publish$/)
		const turned = { query: { status: 'draft' }, body: { status: 'publish' } }
		expect(said(ask(drafting, request('POST', '/wp/v2/posts', turned)))).toMatch(/missing posts:publish$/)
	})

	it('T26 move to the trash with the scope to delete', () => {
		const trash = request('POST', '/wp/v2/posts/7', { body: { status: 'trash' } })
		expect(said(ask(callerWith('posts:publish'), trash))).toMatch(/missing posts:delete$/)
		expect(said(ask(callerWith('posts:write', 'posts:delete'), trash))).toBe('if own')
		expect(said(ask(callerWith('posts:write', 'posts:delete', 'posts:others'), trash))).toBe('free')
	})

	it.each(['PUT', 'PATCH', 'POST'] as const)('T26 weigh the same with %s', (method) => {
		const publishing = request(method, '/wp/v2/posts/7', { body: { status: 'publish' } })
		expect(said(ask(callerWith('posts:write'), publishing))).toMatch(/missing posts:publish$/)
	})

	it('T26 of an autosave are those of the post: WordPress saves a draft itself', () => {
		const saving = (body: Readonly<Record<string, FieldValue>>) => request('POST', '/wp/v2/posts/7/autosaves', { body })
		expect(said(ask(callerWith('posts:draft'), saving({ content: 'x' })))).toBe('if own+draft')
		expect(said(ask(callerWith('posts:write'), saving({ status: 'publish' })))).toMatch(/missing posts:publish$/)
	})

	it('T26 of one family open no other', () => {
		expect(said(ask(callerWith('pages:publish'), request('POST', '/wp/v2/posts', { body: { title: 'x' } })))).toMatch(
			/missing posts:draft$/,
		)
		expect(said(ask(callerWith('posts:publish'), request('POST', '/wp/v2/books', { body: { title: 'x' } })))).toMatch(
			/missing types:books:draft$/,
		)
	})
})
