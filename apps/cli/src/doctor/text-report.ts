import {
	type Diagnosis,
	type Evidence,
	type Language,
	type Note,
	noteText,
	pinnable,
	type ProblemCode,
	problemCodes,
	problems,
	problemText,
} from '@postern/vocabulary'
import type { RungEvent } from '@postern/wp-client'
import { say } from '../texts/say.ts'
import { textsOf } from '../texts/texts.ts'
import type { Examination } from './examine-site.ts'

type Remark = NonNullable<RungEvent['detail']>

const signs = { waiting: ' ', running: '…', passed: '✓', noted: '!', failed: '✗', skipped: '·' } as const

/** One rung that has ended, as a line; nothing while it runs. */
export function rungLine({ rung, state, elapsedMs, detail }: RungEvent, language: Language): string | undefined {
	if (state === 'running' || state === 'waiting') return undefined
	const texts = textsOf(language)
	const time = elapsedMs === undefined ? texts.skipped : `${Math.round(elapsedMs)} ${texts.milliseconds}`
	const remark = detail === undefined ? '' : ` – ${sentenceOf(detail, language)}`
	return `${signs[state]} ${texts.rungs[rung]} (${time})${remark}`
}

/** Everything that the ladder did not say yet. */
export function textReport(found: Examination, language: Language): string {
	const { diagnosis, notes, evidence } = found
	const texts = textsOf(language)
	const result =
		diagnosis === undefined
			? [`✓ ${found.account === undefined ? texts.worksSoFar : texts.works}`, ...factsOf(found, language)]
			: diagnosisLines(diagnosis, language)
	const remarks = notes.map((note) => `- ${sentenceOf(note, language)}`)
	return [
		'',
		...result,
		...section(texts.remarks, remarks),
		...section(
			texts.evidence,
			evidence.map((exchange) => `- ${exchangeLine(exchange, language)}`),
		),
	].join('\n')
}

function diagnosisLines(diagnosis: Diagnosis, language: Language): string[] {
	const texts = textsOf(language)
	const { code, params, certainty, alternatives, certificate } = diagnosis
	const { title, meaning, steps } = problemText(code, params, language)
	const shown =
		certificate === undefined
			? []
			: [
					`- ${certificate.subject} ← ${certificate.issuer}, ${certificate.validTo}`,
					...(pinnable.includes(code) ? [`- ${say(texts.pin, { sha256: certificate.sha256 })}`] : []),
				]
	return [
		`✗ ${title} (${texts[certainty]})`,
		...(meaning === '' ? [] : [`  ${meaning}`]),
		`  ${texts.fixedBy}: ${texts.fixers[problems[code].fixedBy]}`,
		`  ${code}`,
		...section(
			texts.steps,
			steps.map((step, at) => `${at + 1}. ${step}`),
		),
		...section(
			texts.alternatives,
			alternatives.map((other) => `- ${problemText(other, params, language).title} (${other})`),
		),
		...section(texts.certificate, shown),
	]
}

function factsOf({ site, account, draft }: Examination, language: Language): string[] {
	const texts = textsOf(language)
	const role = account?.roles[0]
	return [
		...(site?.siteUrl === undefined ? [] : [`  ${texts.site}: ${site.title ?? ''} ${site.siteUrl}`]),
		...(account === undefined
			? []
			: [
					`  ${texts.account}: ${account.displayName} (${account.username}${role === undefined ? '' : `, ${role}`})`,
					`  ${texts.permissions}: ${account.permissions.join(', ')}`,
				]),
		...(draft === undefined ? [] : [`  ${draft.stored === 'as-sent' ? texts.draftPassed : texts.draftChanged}`]),
		...(draft?.leftBehind === undefined ? [] : [`  ${say(texts.draftLeft, { url: draft.leftBehind.url })}`]),
	]
}

function section(heading: string, lines: readonly string[]): string[] {
	return lines.length === 0 ? [] : ['', `${heading}:`, ...lines.map((line) => `  ${line}`)]
}

function exchangeLine({ method, url, status, code, facts, withCredentials, elapsedMs }: Evidence, language: Language) {
	const texts = textsOf(language)
	const answer = [status, code].filter((part) => part !== undefined).join(' ')
	const about = [...(withCredentials ? [texts.withLogin] : []), ...facts].join('; ')
	return `${method} ${url} → ${answer} (${Math.round(elapsedMs)} ${texts.milliseconds})${about === '' ? '' : ` ${about}`}`
}

function sentenceOf({ code, params }: Remark, language: Language): string {
	return isProblem(code) ? problemText(code, params, language).title : noteText(code, params, language)
}

function isProblem(code: ProblemCode | Note['code']): code is ProblemCode {
	const known: readonly string[] = problemCodes
	return known.includes(code)
}
