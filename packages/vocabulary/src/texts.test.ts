import { describe, expect, it } from 'vitest'
import { auditEventParams, auditEvents } from './audit-events.ts'
import { languages, type Language } from './languages.ts'
import { noteCodes, notes } from './notes.ts'
import { problemCodes, problems } from './problems.ts'
import { namespaceVerbs, presetNames, scopes, typeVerbs } from './scopes.ts'
import type { Sentence as Varied } from './catalogues/catalogue.ts'
import { auditText, noteText, problemText } from './texts.ts'
import enAudit from './texts/en/audit.json' with { type: 'json' }
import enNotes from './texts/en/notes.json' with { type: 'json' }
import enPresets from './texts/en/presets.json' with { type: 'json' }
import enProblems from './texts/en/problems.json' with { type: 'json' }
import enScopes from './texts/en/scopes.json' with { type: 'json' }
import jaAudit from './texts/ja/audit.json' with { type: 'json' }
import jaNotes from './texts/ja/notes.json' with { type: 'json' }
import jaPresets from './texts/ja/presets.json' with { type: 'json' }
import jaProblems from './texts/ja/problems.json' with { type: 'json' }
import jaScopes from './texts/ja/scopes.json' with { type: 'json' }

type Said = { readonly sentences: readonly string[]; readonly params: readonly string[] }

/** Everything that is said in a language, by `<catalogue> <code>`. */
const said: Record<Language, ReadonlyMap<string, Said>> = {
	en: new Map([...collect(enProblems, enNotes, enAudit), ...collectScopes(enScopes, enPresets)]),
	ja: new Map([...collect(jaProblems, jaNotes, jaAudit), ...collectScopes(jaScopes, jaPresets)]),
}

type Sentence = { readonly name: string; readonly text: string; readonly params: readonly string[] }

const dynamicSentences = [
	...typeVerbs.map((verb) => `types:${verb}`),
	...namespaceVerbs.flatMap((verb) => [`ns:${verb}`, `ns:${verb}:dangerous`]),
]
function paramOfScope(scope: string): readonly string[] {
	return scope.startsWith('types:') ? ['base'] : scope.startsWith('ns:') ? ['namespace'] : []
}

const placeholdersOf = (text: string) => [...text.matchAll(/\{\{(.*?)\}\}/g)].map(([, name]) => name ?? '').toSorted()
const sentencesOf = (language: Language): readonly Sentence[] =>
	[...said[language]].flatMap(([name, { sentences, params }]) => sentences.map((text) => ({ name, text, params })))

describe.each(languages)('in %s', (language) => {
	const sentences = sentencesOf(language)
	const offenders = (offends: (sentence: Sentence) => boolean) =>
		sentences.filter((sentence) => offends(sentence)).map(({ name, text }) => `${name}: ${text}`)

	it('every code has its text, and every text its code', () => {
		const codes = [
			...problemCodes.map((code) => `problem ${code}`),
			...noteCodes.map((code) => `note ${code}`),
			...auditEvents.map((event) => `audit ${event}`),
			...[...scopes, ...dynamicSentences].map((scope) => `scope ${scope}`),
			...presetNames.map((preset) => `preset ${preset}`),
		]
		expect([...said[language].keys()].toSorted()).toEqual(codes.toSorted())
		expect(sentences.length).toBeGreaterThan(codes.length)
	})

	it('sentences use only values their code has', () => {
		expect(offenders(({ text, params }) => placeholdersOf(text).some((name) => !params.includes(name)))).toEqual([])
		expect(offenders(({ text }) => /[{}]/.test(text.replace(/\{\{\w+\}\}/g, '')))).toEqual([])
	})

	it('sentences are short, whole, and never "something went wrong"', () => {
		expect(offenders(({ text }) => text.length > 300)).toEqual([])
		expect(offenders(({ text }) => text !== text.trim())).toEqual([])
		expect(
			offenders(({ text }) => /something went wrong|error occurred|エラーが発生しました|TODO/i.test(text)),
		).toEqual([])
	})

	it('every problem says what happened and what to do, even when the values that may be unknown are', () => {
		const mayBeUnknown = ['plugin', 'server', 'retryAt', 'realm', 'vendor', 'pageTitle', 'excerpt']
		for (const code of problemCodes) {
			const values: Record<string, string> = {}
			for (const name of problems[code].params) values[name] = mayBeUnknown.includes(name) ? '' : 'known'
			const { title, meaning, steps } = problemText(code, values, language)
			expect(title, code).toMatch(/\S[.。]$/)
			expect(steps.length, code).toBeGreaterThan(0)
			expect([title, meaning, ...steps].join('\n'), code).not.toMatch(/\{\{|[:：] ?$|“”|「」|\( ?\)/m)
		}
	})
})

it('uses the same values in every language, sentence by sentence', () => {
	for (const [name, { sentences }] of said.en) {
		expect(said.ja.get(name)?.sentences.map(placeholdersOf), name).toEqual(sentences.map(placeholdersOf))
	}
})

it('is translated: Japanese is Japanese, English is English, and no sentence is a copy', () => {
	const japanese = /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]/u
	expect(sentencesOf('ja').filter(({ text }) => text !== '' && !japanese.test(text))).toEqual([])
	expect(sentencesOf('en').filter(({ text }) => /[\u3000-\u9fff\uff00-\uffef]/.test(text))).toEqual([])
	const english = new Set(sentencesOf('en').map(({ text }) => text))
	expect(sentencesOf('ja').filter(({ text }) => text !== '' && english.has(text))).toEqual([])
})

it('fills in values as plain text, once', () => {
	const text = problemText('address/host-malformed', { host: '{{host}} $& <b>' }, 'en')
	expect(text.title).toBe('The name {{host}} $& <b> cannot exist on the internet.')
})

it('shows the operator the exact line that allows a private address', () => {
	const { steps } = problemText('address/blocked', { host: '127.0.0.1', allow: '127.0.0.1:8080' }, 'ja')
	expect(steps.join('\n')).toContain('POSTERN_ALLOW_PRIVATE=127.0.0.1:8080')
})

it('leaves out the step about a plugin nobody could name, and keeps it when it is known', () => {
	const unknown = problemText('application-passwords/off', { host: 'blog.example', plugin: '' }, 'en').steps
	const known = problemText('application-passwords/off', { host: 'blog.example', plugin: 'Wordfence' }, 'en').steps
	expect(known).toEqual(['Look here first: Wordfence', ...unknown])
})

it('says notes and audit events in both languages', () => {
	expect(noteText('login-also-by-email', { username: 'mara' }, 'en')).toMatch(/: mara$/)
	expect(auditText('connector.created', { target: 'My blog' }, 'en')).toBe('Connector “My blog” was created.')
	expect(auditText('connector.created', { target: 'ブログ' }, 'ja')).toBe('コネクター「ブログ」が作成されました。')
})

it('says what a value means in a sentence of its own', () => {
	const scheduled = (days: number, language: Language) =>
		auditText('connector.rotation-scheduled', { target: 'Blog', days }, language)
	expect(scheduled(30, 'en')).toBe('Connector “Blog” is to have a new password every 30 days.')
	expect(scheduled(1, 'en')).toBe('Connector “Blog” is to have a new password every day.')
	expect(scheduled(0, 'en')).toBe('Connector “Blog” is to have a new password only when somebody asks for one.')
	expect(scheduled(0, 'ja')).not.toMatch(/\d/)
	const refused = (reason: string) => problemText('application-password/refused', { reason }, 'ja').meaning
	for (const reason of ['expired', 'address', 'second-factor', 'off', 'off-for-account'])
		expect(refused(reason)).not.toMatch(/[a-z]{3,}/)
	// A name that every object has is no case.
	expect(refused('constructor')).toBe('理由: constructor')
})

type ProblemTexts = Readonly<
	Record<
		keyof typeof enProblems,
		{ readonly title: string; readonly meaning: Varied; readonly steps: readonly string[] }
	>
>

function all(sentence: Varied): readonly string[] {
	return typeof sentence === 'string' ? [sentence] : [...Object.values(sentence.cases), sentence.otherwise]
}
const casesOf = (sentence: Varied) =>
	typeof sentence === 'string' ? [] : [sentence.by, ...Object.keys(sentence.cases).toSorted()]

it('has the same cases in every language, each by a value that the code has', () => {
	const kinds: Readonly<Record<string, { readonly params: readonly string[] }>> = problems
	const params: Readonly<Record<string, readonly string[]>> = auditEventParams
	const both = (en: Readonly<Record<string, Varied>>, ja: Readonly<Record<string, Varied>>) =>
		Object.entries(en).map(([code, sentence]) => [code, casesOf(sentence), casesOf(ja[code] ?? '')] as const)
	const meanings = (texts: ProblemTexts) =>
		Object.fromEntries(Object.entries(texts).map(([code, { meaning }]) => [code, meaning]))
	const found = [...both(enAudit, jaAudit), ...both(meanings(enProblems), meanings(jaProblems))]
	for (const [code, en, ja] of found) expect(ja, code).toEqual(en)
	const varied = found.flatMap(([code, [by]]) => (by === undefined ? [] : [[code, by] as const]))
	expect(varied.length).toBeGreaterThan(2)
	for (const [code, by] of varied) expect(params[code] ?? kinds[code]?.params, code).toContain(by)
})

function collect(
	problemTexts: ProblemTexts,
	noteTexts: Readonly<Record<keyof typeof enNotes, string>>,
	auditTexts: Readonly<Record<keyof typeof enAudit, Varied>>,
): ReadonlyMap<string, Said> {
	const kinds: Readonly<Record<string, { readonly params: readonly string[] }>> = problems
	const noteParams: Readonly<Record<string, readonly string[]>> = notes
	const eventParams: Readonly<Record<string, readonly string[]>> = auditEventParams
	return new Map<string, Said>([
		...Object.entries(problemTexts).map(([code, { title, meaning, steps }]): [string, Said] => [
			`problem ${code}`,
			{ sentences: [title, ...all(meaning), ...steps], params: kinds[code]?.params ?? [] },
		]),
		...Object.entries(noteTexts).map(([code, sentence]): [string, Said] => [
			`note ${code}`,
			{ sentences: [sentence], params: noteParams[code] ?? [] },
		]),
		...Object.entries(auditTexts).map(([event, sentence]): [string, Said] => [
			`audit ${event}`,
			{ sentences: all(sentence), params: eventParams[event] ?? [] },
		]),
	])
}

function collectScopes(
	scopeTexts: Readonly<Record<keyof typeof enScopes, string>>,
	presetTexts: Readonly<Record<keyof typeof enPresets, { readonly name: string; readonly meaning: string }>>,
): ReadonlyMap<string, Said> {
	return new Map<string, Said>([
		...Object.entries(scopeTexts).map(([scope, text]): [string, Said] => [
			`scope ${scope}`,
			{ sentences: [text], params: paramOfScope(scope) },
		]),
		...Object.entries(presetTexts).map(([preset, { name, meaning }]): [string, Said] => [
			`preset ${preset}`,
			{ sentences: [name, meaning], params: [] },
		]),
	])
}
