import type { DiagnosisDocument } from '@postern/api/contract'

type Evidence = DiagnosisDocument['evidence'][number]

/** One exchange with a site in one line, as a log would write it. */
export function describeEvidence(evidence: Evidence, withCredentials: string): string {
	const outcome = [evidence.status, evidence.code].filter((part) => part !== undefined).join(' ')
	const parts = [
		`${evidence.method} ${evidence.url}`,
		...(evidence.withCredentials ? [`(${withCredentials})`] : []),
		...(outcome === '' ? [] : [`→ ${outcome}`]),
		`${Math.round(evidence.elapsedMs)} ms`,
	]
	return [parts.join(' '), ...evidence.facts.map((fact) => `    ${fact}`)].join('\n')
}
