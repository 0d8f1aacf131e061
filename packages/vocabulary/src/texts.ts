import type { Language } from './languages.ts'
import type { NoteCode } from './notes.ts'
import type { ProblemCode, ProblemParams } from './problems.ts'
import type { AuditEvent } from './audit-events.ts'
import {
	isDangerousNamespace,
	isStaticScope,
	readDynamic,
	type NamespaceVerb,
	type Preset,
	type Scope,
	type StaticScope,
	type TypeVerb,
} from './scopes.ts'
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

/** `title`: what happened; `meaning`: why, or what it means; `steps`: what to do, in order. `{{name}}` is a parameter. */
export type ProblemText = { readonly title: string; readonly meaning: string; readonly steps: readonly string[] }

/** `meaning`: what a password with this preset does. */
export type PresetText = { readonly name: string; readonly meaning: string }

// A missing sentence does not compile.
const problemTexts: Record<Language, Record<ProblemCode, ProblemText>> = { en: enProblems, ja: jaProblems }
const noteTexts: Record<Language, Record<NoteCode, string>> = { en: enNotes, ja: jaNotes }
const auditTexts: Record<Language, Record<AuditEvent, string>> = { en: enAudit, ja: jaAudit }
/** Scopes that only some sites have share a sentence with a name in it. */
type ScopeSentence = StaticScope | `types:${TypeVerb}` | `ns:${NamespaceVerb}` | `ns:${NamespaceVerb}:dangerous`
const scopeTexts: Record<Language, Record<ScopeSentence, string>> = { en: enScopes, ja: jaScopes }
const presetTexts: Record<Language, Record<Preset, PresetText>> = { en: enPresets, ja: jaPresets }

/** Says a problem in a language. A step about a value that is not known ("Look here first: …") is left out. */
export function problemText(code: ProblemCode, params: ProblemParams, language: Language): ProblemText {
	const text = problemTexts[language][code]
	return {
		title: fill(text.title, params),
		meaning: fill(text.meaning, params),
		steps: text.steps.filter((step) => knowsAll(step, params)).map((step) => fill(step, params)),
	}
}

export function noteText(code: NoteCode, params: ProblemParams, language: Language): string {
	return fill(noteTexts[language][code], params)
}

export function auditText(event: AuditEvent, params: ProblemParams, language: Language): string {
	return fill(auditTexts[language][event], params)
}

/** What a scope lets an application do, for whoever is to grant it. */
export function scopeText(scope: Scope, language: Language): string {
	const texts = scopeTexts[language]
	if (isStaticScope(scope)) return texts[scope]
	const dynamic = readDynamic(scope)
	if (dynamic === undefined) return scope
	if (dynamic.kind === 'types') return fill(texts[`types:${dynamic.verb}`], { base: dynamic.base })
	const { namespace, verb } = dynamic
	const sentence = isDangerousNamespace(namespace) ? (`ns:${verb}:dangerous` as const) : (`ns:${verb}` as const)
	return fill(texts[sentence], { namespace })
}

export function presetText(preset: Preset, language: Language): PresetText {
	return presetTexts[language][preset]
}

const placeholder = /\{\{(\w+)\}\}/g

/** Puts parameters into a sentence as plain text; the surface that shows it must still escape. */
function fill(sentence: string, params: ProblemParams): string {
	return sentence.replace(placeholder, (_, name: string) => valueOf(name, params))
}

function knowsAll(sentence: string, params: ProblemParams): boolean {
	return [...sentence.matchAll(placeholder)].every(([, name]) => name !== undefined && valueOf(name, params) !== '')
}

function valueOf(name: string, params: ProblemParams): string {
	return Object.hasOwn(params, name) ? String(params[name]) : ''
}
