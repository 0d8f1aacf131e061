import { type Language, noteText, problems, problemText, rungs } from '@postern/vocabulary'
import { fingerprintsVersion, type RungEvent } from '@postern/wp-client'
import { exitStatus } from '../exit-status.ts'
import type { Examination } from './examine-site.ts'

/** The report for programs. `code` is "ok" or a code of the catalogue. */
export function jsonReport(found: Examination, language: Language) {
	const { address, diagnosis, site, account, notes, evidence, requests } = found
	return {
		address,
		...verdictOf(diagnosis, language),
		rungs: rungs.map((rung) => lastOf(rung, found.events)),
		...(site?.siteUrl === undefined ? {} : { site: withoutTrace(site) }),
		...(account === undefined ? {} : { account: withoutTrace(account) }),
		...(found.draft === undefined ? {} : { draft: found.draft }),
		notes: notes.map(({ code, params }) => ({ code, params, text: noteText(code, params, language) })),
		evidence,
		requests,
		elapsedMs: rounded(found.elapsedMs),
		ownMs: rounded(found.ownMs),
		fingerprints: fingerprintsVersion,
	}
}

function verdictOf(diagnosis: Examination['diagnosis'], language: Language) {
	if (diagnosis === undefined) return { ok: true, code: 'ok', exitStatus: 0 }
	const { code, params, certainty, alternatives, rung, certificate } = diagnosis
	const { fixedBy } = problems[code]
	return {
		ok: false,
		code,
		certainty,
		rung,
		fixedBy,
		exitStatus: exitStatus[fixedBy],
		params,
		...problemText(code, params, language),
		alternatives,
		...(certificate === undefined ? {} : { certificate }),
	}
}

function lastOf(rung: RungEvent['rung'], events: readonly RungEvent[]): RungEvent {
	return events.findLast((event) => event.rung === rung) ?? { rung, state: 'skipped' }
}

/** Remarks and exchanges are told once, for all. */
function withoutTrace<Told extends { notes?: unknown; evidence?: unknown }>(told: Told) {
	const { notes: _notes, evidence: _evidence, ...rest } = told
	return rest
}

const rounded = (ms: number): number => Math.round(ms * 10) / 10
