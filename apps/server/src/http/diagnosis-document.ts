import type { DiagnosisDocument } from '@postern/api/contract'
import type { Diagnosis } from '@postern/vocabulary'

/** Copies a diagnosis for the wire; the contract's arrays are mutable, as zod makes them. */
export function diagnosisDocument(diagnosis: Diagnosis): DiagnosisDocument {
	return {
		...diagnosis,
		params: { ...diagnosis.params },
		alternatives: [...diagnosis.alternatives],
		evidence: diagnosis.evidence.map((item) => ({ ...item, facts: [...item.facts] })),
	}
}
