import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { languages, problemCodes } from '@postern/vocabulary'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { fileOf, pagesFolder, problemPages, proseFolder, stalePages, writePages } from './problem-pages.ts'

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

/** What a site can fail with; what was typed wrongly needs no more words than its sentences. */
const diagnoses = problemCodes.filter(
	(code) =>
		/^(?:network|tls|redirect|response|site|edge|api|xml-rpc|application-passwords|cache|site-credential)\//.test(
			code,
		) &&
		!/^edge\/login-malformed|^site\/not-ghost/.test(code) &&
		!/^site-credential\/(?:.*(?:-required|-malformed|-too-long|-length|mask|own|name-taken|entered-for-other-origin)$|looks-like|admin-api-key|clock)/.test(
			code,
		),
)

it.each(languages)('every diagnosis has prose in %s that says how it is told, and none is left over', (language) => {
	const written = readdirSync(join(proseFolder, language)).sort()
	expect(written).toEqual(diagnoses.map((code) => `${fileOf(code)}.md`).sort())
	const heading = { en: '## How Postern can tell', ja: '## 見分け方' }[language]
	const pages = problemPages()
	for (const code of diagnoses)
		expect(pages.get(language === 'en' ? `${fileOf(code)}.md` : `ja/${fileOf(code)}.md`), code).toContain(heading)
})

it('where a web server or a firewall must change, there is a text to send to the host', () => {
	const pages = problemPages()
	expect(pages.get('site-credential-header-stripped.md')).toContain('    CGIPassAuth On')
	expect(pages.get('ja/site-credential-header-stripped.md')).toContain('E=HTTP_AUTHORIZATION:%{HTTP:Authorization}')
	expect(pages.get('edge-firewall.md')).toContain('- User-Agent: begins with "Postern/"')
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
