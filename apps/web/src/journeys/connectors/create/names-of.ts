import type { ConnectorTypeDocument } from '@postern/api/contract'
import type { Language } from '@postern/vocabulary'

type Field = ConnectorTypeDocument['fields'][number]

/** The labels of the fields of these kinds, as one would say them. */
export function namesOf(fields: readonly Field[], kinds: readonly Field['kind'][], language: Language): string {
	const labels = fields.filter(({ kind }) => kinds.includes(kind)).map(({ label }) => label[language])
	return new Intl.ListFormat(language, { type: 'conjunction' }).format(labels)
}
