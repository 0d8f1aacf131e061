import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { languages, problemCodes } from '@postern/vocabulary'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { pagesFolder, problemPages, stalePages, writePages } from './problem-pages.ts'

let folder = ''
beforeAll(() => {
	folder = mkdtempSync(join(tmpdir(), 'problem-pages-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

it('the pages in docs/problems say what the catalogue says (else: node scripts/problem-pages.ts)', () => {
	expect(stalePages(pagesFolder)).toEqual([])
})

it('every problem has a page of its own in every language, and each language an index', () => {
	expect(problemPages().size).toBe(languages.length * (problemCodes.length + 1))
})

it('every link between the pages leads to a page', () => {
	const pages = problemPages()
	for (const [path, page] of pages) {
		const links = [...page.matchAll(/\]\(([^)]+)\)/g)].map(([, link]) => link ?? '')
		expect(links.length, path).toBeGreaterThan(0)
		const targets = links.map((link) => decodeURI(new URL(link, `file:///${path}`).pathname).slice(1))
		expect(targets.filter((target) => !pages.has(target))).toEqual([])
	}
})

it('a page says what happened, what to do, and what a program needs', () => {
	const page = problemPages().get('site-credential-header-stripped.md') ?? ''
	expect(page).toMatch(/^# The web server of ‹host› drops the login/)
	expect(page).toContain('1. In WordPress, open Settings → Permalinks')
	expect(page).toContain('CGIPassAuth On')
	expect(page).toContain('| Code | `site-credential/header-stripped` |')
	expect(page).toContain('| HTTP status | 502 |')
	expect(page).toContain('| Who can fix it | the host of the site |')
	expect(page).toContain('| Values | `host`, `server` |')
})

it('notices a changed, a missing and a left-over page, and writing puts all three right', () => {
	writePages(folder)
	expect(stalePages(folder)).toEqual([])
	writeFileSync(join(folder, 'ja/internal-bug.md'), '# old\n')
	rmSync(join(folder, 'tls-expired.md'))
	writeFileSync(join(folder, 'no-such-problem.md'), '# left over\n')
	expect(stalePages(folder).toSorted()).toEqual(['ja/internal-bug.md', 'no-such-problem.md', 'tls-expired.md'])
	writePages(folder)
	expect(stalePages(folder)).toEqual([])
})
