import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import {
	languages,
	problemCodes,
	problems,
	problemText,
	type FixedBy,
	type Language,
	type ProblemCode,
	type ProblemText,
	type Retry,
} from '@postern/vocabulary'
import { root } from './steps/root.ts'

// Writes docs/problems from the catalogue and its sentences: `node scripts/problem-pages.ts`; `--check` only compares.

export const pagesFolder = join(root, 'docs', 'problems')
/** What is written by hand about a diagnosis, `<language>/<code with a dash>.md`: it goes into its page between the steps and the facts. */
export const proseFolder = join(root, 'docs', 'diagnoses')

type Words = {
	readonly language: string
	readonly index: string
	readonly about: string
	readonly steps: string
	readonly facts: string
	readonly code: string
	readonly status: string
	readonly fixedBy: string
	readonly retry: string
	readonly values: string
	readonly fixers: Readonly<Record<FixedBy, string>>
	readonly retries: Readonly<Record<Retry, string>>
}

const words: Readonly<Record<Language, Words>> = {
	en: {
		language: 'English',
		index: 'All problems',
		about:
			'Every problem Postern can report, with the same sentences as in the web app, on the command line and in the API. Codes are permanent. A name in ‹brackets› stands for a value of your case. These pages are made from the catalogue by `node scripts/problem-pages.ts`.',
		steps: 'What to do',
		facts: 'For programs',
		code: 'Code',
		status: 'HTTP status',
		fixedBy: 'Who can fix it',
		retry: 'Trying again',
		values: 'Values',
		fixers: {
			you: 'you',
			operator: 'the person who runs this Postern',
			'site-admin': 'an administrator of the site',
			host: 'the host of the site',
			postern: 'the makers of Postern',
		},
		retries: {
			never: 'the same request will never succeed',
			'after-change': 'helps after something has changed',
			'after-wait': 'helps after waiting',
		},
	},
	ja: {
		language: '日本語',
		index: 'すべての問題',
		about:
			'Postern が報告するすべての問題の一覧です。Web アプリ、コマンドライン、API でも同じ文が表示されます。コードは変わりません。‹名前› には実際の値が入ります。このページは `node scripts/problem-pages.ts` で一覧から生成されています。',
		steps: '対処方法',
		facts: 'プログラム向けの情報',
		code: 'コード',
		status: 'HTTP ステータス',
		fixedBy: '対処できる人',
		retry: '再試行',
		values: '値',
		fixers: {
			you: 'あなた',
			operator: 'この Postern の運用者',
			'site-admin': 'サイトの管理者',
			host: 'サイトのホスティング会社',
			postern: 'Postern の開発者',
		},
		retries: {
			never: '同じリクエストは成功しません',
			'after-change': '何かを変更した後に有効です',
			'after-wait': '待った後に有効です',
		},
	},
}

/** Every page by its path below the folder. */
export function problemPages(): ReadonlyMap<string, string> {
	const pages = new Map<string, string>()
	for (const language of languages) {
		pages.set(pathOf('README', language), indexPage(language))
		for (const code of problemCodes) pages.set(pathOf(fileOf(code), language), problemPage(code, language))
	}
	return pages
}

/** Paths whose page is missing, differs from the catalogue, or belongs to no problem any more. */
export function stalePages(folder: string): readonly string[] {
	const pages = problemPages()
	const found = markdownIn(folder)
	const wrong = [...pages].filter(([path, page]) => !found.includes(path) || read(join(folder, path)) !== page)
	return [...wrong.map(([path]) => path), ...found.filter((path) => !pages.has(path))]
}

export function writePages(folder: string): void {
	const pages = problemPages()
	for (const path of markdownIn(folder)) if (!pages.has(path)) rmSync(join(folder, path))
	for (const [path, page] of pages) {
		mkdirSync(dirname(join(folder, path)), { recursive: true })
		writeFileSync(join(folder, path), page)
	}
}

function problemPage(code: ProblemCode, language: Language): string {
	const { status, fixedBy, retry, params } = problems[code]
	const w = words[language]
	const text = textOf(code, language)
	const facts = [
		[w.code, `\`${code}\``],
		[w.status, String(status)],
		[w.fixedBy, w.fixers[fixedBy]],
		[w.retry, w.retries[retry]],
		...(params.length === 0 ? [] : [[w.values, params.map((name) => `\`${name}\``).join(', ')]]),
	]
	return paragraphs(
		`# ${plain(text.title)}`,
		plain(text.meaning),
		`## ${w.steps}`,
		text.steps.map((step, at) => `${at + 1}. ${plain(step)}`).join('\n'),
		proseOf(code, language),
		`## ${w.facts}`,
		['| | |', '| --- | --- |', ...facts.map((cells) => `| ${cells.join(' | ')} |`)].join('\n'),
		`[${w.index}](README.md) · ${linkToOther(fileOf(code), language)}`,
	)
}

/** Of a diagnosis: how it is told, and what to write to the host. "" where nobody has written any. */
function proseOf(code: ProblemCode, language: Language): string {
	const path = join(proseFolder, language, `${fileOf(code)}.md`)
	return existsSync(path) ? read(path).trim() : ''
}

function indexPage(language: Language): string {
	const groups = Map.groupBy(problemCodes, (code) => code.slice(0, code.indexOf('/')))
	const sections = [...groups].map(([noun, codes]) => {
		const rows = codes.map((code) => `- [\`${code}\`](${fileOf(code)}.md): ${plain(textOf(code, language).title)}`)
		return `## ${noun}\n\n${rows.join('\n')}`
	})
	const w = words[language]
	return paragraphs(`# ${w.index}`, w.about, linkToOther('README', language), ...sections)
}

function textOf(code: ProblemCode, language: Language): ProblemText {
	return problemText(code, Object.fromEntries(problems[code].params.map((name) => [name, `‹${name}›`])), language)
}

function linkToOther(file: string, language: Language): string {
	return language === 'en' ? `[${words.ja.language}](ja/${file}.md)` : `[${words.en.language}](../${file}.md)`
}

const pathOf = (file: string, language: Language) => (language === 'en' ? `${file}.md` : `${language}/${file}.md`)
export const fileOf = (code: ProblemCode) => code.replace('/', '-')
const paragraphs = (...parts: readonly string[]) => `${parts.filter((part) => part !== '').join('\n\n')}\n`

/** Sentences are plain text; in Markdown these characters would mean something. */
const plain = (text: string) => text.replace(/[\\`*<>[\]|]/g, '\\$&')

function markdownIn(folder: string): readonly string[] {
	const names = readdirSync(folder, { recursive: true, encoding: 'utf8' })
	return names.map((name) => name.replaceAll('\\', '/')).filter((name) => name.endsWith('.md'))
}

const read = (path: string) => readFileSync(path, 'utf8')

function main(args: readonly string[]): number {
	mkdirSync(pagesFolder, { recursive: true })
	if (!args.includes('--check')) {
		writePages(pagesFolder)
		return 0
	}
	const stale = stalePages(pagesFolder)
	if (stale.length === 0) return 0
	process.stderr.write(`Run "node scripts/problem-pages.ts": these pages are stale.\n${stale.join('\n')}\n`)
	return 1
}

if (import.meta.main) process.exitCode = main(process.argv.slice(2))
