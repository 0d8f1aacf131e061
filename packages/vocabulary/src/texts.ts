// A browser gets what loads a language when it is asked for, everybody else has them all: package.json says which.
import { catalogueOf } from '#catalogues'
import type { AuditEvent } from './audit-events.ts'
import type { PresetText, ProblemText, Sentence } from './catalogues/catalogue.ts'
import type { Language } from './languages.ts'
import type { NoteCode } from './notes.ts'
import type { ProblemCode, ProblemParams } from './problems.ts'
import { isDangerousNamespace, isStaticScope, readDynamic, type Preset, type Scope } from './scopes.ts'

/** Says a problem in a language. A step about a value that is not known ("Look here first: …") is left out. */
export function problemText(code: ProblemCode, params: ProblemParams, language: Language): ProblemText {
	const text = catalogueOf(language).problems[code]
	const values = { ...params, ...momentsOf(params, language), ...durationOf(params, language) }
	return {
		title: fill(text.title, values),
		meaning: fill(choose(text.meaning, values), values),
		steps: text.steps.filter((step) => knowsAll(step, values)).map((step) => fill(step, values)),
	}
}

/** Moments, which travel as RFC 3339 has them, as people write them: by the clock of whoever reads, with its zone. */
function momentsOf(params: ProblemParams, language: Language): ProblemParams {
	const moments = Object.entries(params).filter(([name, at]) => name.endsWith('At') && isMoment(String(at)))
	if (moments.length === 0) return {}
	const format = new Intl.DateTimeFormat(language, { dateStyle: 'long', timeStyle: 'long' })
	return Object.fromEntries(moments.map(([name, at]) => [name, format.format(Date.parse(String(at)))]))
}

/** A surface that has written it in words already is left alone. */
const isMoment = (at: string): boolean => /^\d{4}-\d\d-\d\dT/.test(at) && !Number.isNaN(Date.parse(at))

/** A number of seconds as people say it, in two units at the most and never less than it is: "1 hour", "2 minutes 5 seconds". */
function durationOf({ seconds }: ProblemParams, language: Language): ProblemParams {
	if (typeof seconds !== 'number' || !Number.isFinite(seconds)) return {}
	const finest = seconds > DAY ? HOUR : seconds > HOUR ? MINUTE : 1
	const whole = Math.max(0, Math.ceil(seconds / finest)) * finest
	const parts = [
		['day', Math.floor(whole / DAY)],
		['hour', Math.floor((whole % DAY) / HOUR)],
		['minute', Math.floor((whole % HOUR) / MINUTE)],
		['second', whole % MINUTE],
	] as const
	const said = parts.filter(([unit, count]) => count > 0 || (whole === 0 && unit === 'second'))
	const inWords = said.map(([unit, count]) =>
		new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'long' }).format(count),
	)
	return { seconds: inWords.join(' ') }
}

const MINUTE = 60
const HOUR = 3_600
const DAY = 86_400

export function noteText(code: NoteCode, params: ProblemParams, language: Language): string {
	return fill(catalogueOf(language).notes[code], params)
}

export function auditText(event: AuditEvent, params: ProblemParams, language: Language): string {
	return fill(choose(catalogueOf(language).audit[event], params), params)
}

/** What a scope lets an application do, for whoever is to grant it. */
export function scopeText(scope: Scope, language: Language): string {
	const texts = catalogueOf(language).scopes
	if (isStaticScope(scope)) return texts[scope]
	const dynamic = readDynamic(scope)
	if (dynamic === undefined) return scope
	if (dynamic.kind === 'types') return fill(texts[`types:${dynamic.verb}`], { base: dynamic.base })
	const { namespace, verb } = dynamic
	const sentence = isDangerousNamespace(namespace) ? (`ns:${verb}:dangerous` as const) : (`ns:${verb}` as const)
	return fill(texts[sentence], { namespace })
}

export function presetText(preset: Preset, language: Language): PresetText {
	return catalogueOf(language).presets[preset]
}

function choose(sentence: Sentence, params: ProblemParams): string {
	if (typeof sentence === 'string') return sentence
	const value = valueOf(sentence.by, params)
	return (Object.hasOwn(sentence.cases, value) ? sentence.cases[value] : undefined) ?? sentence.otherwise
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
