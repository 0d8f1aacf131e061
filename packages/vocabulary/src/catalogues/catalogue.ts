import type { AuditEvent } from '../audit-events.ts'
import type { NoteCode } from '../notes.ts'
import type { ProblemCode } from '../problems.ts'
import type { NamespaceVerb, Preset, StaticScope, TypeVerb } from '../scopes.ts'

/** `title`: what happened; `meaning`: why, or what it means; `steps`: what to do, in order. `{{name}}` is a parameter. */
export type ProblemText = { readonly title: string; readonly meaning: string; readonly steps: readonly string[] }

/** One sentence, or one for each of some values of a parameter: what is right for 30 days is not for 1. */
export type Sentence =
	| string
	| { readonly by: string; readonly cases: Readonly<Record<string, string>>; readonly otherwise: string }

/** A problem as it stands in the catalogue. */
type ProblemSentences = Omit<ProblemText, 'meaning'> & { readonly meaning: Sentence }

/** `meaning`: what a password with this preset does. */
export type PresetText = { readonly name: string; readonly meaning: string }

/** Scopes that only some sites have share a sentence with a name in it. */
type ScopeSentence = StaticScope | `types:${TypeVerb}` | `ns:${NamespaceVerb}` | `ns:${NamespaceVerb}:dangerous`

/** All sentences in one language. A missing one does not compile. */
export type Catalogue = {
	readonly problems: Readonly<Record<ProblemCode, ProblemSentences>>
	readonly notes: Readonly<Record<NoteCode, string>>
	readonly audit: Readonly<Record<AuditEvent, Sentence>>
	readonly scopes: Readonly<Record<ScopeSentence, string>>
	readonly presets: Readonly<Record<Preset, PresetText>>
}
