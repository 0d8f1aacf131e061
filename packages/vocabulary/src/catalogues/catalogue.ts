import type { AuditEvent } from '../audit-events.ts'
import type { NoteCode } from '../notes.ts'
import type { ProblemCode } from '../problems.ts'
import type { NamespaceVerb, Preset, StaticScope, TypeVerb } from '../scopes.ts'

/** `title`: what happened; `meaning`: why, or what it means; `steps`: what to do, in order. `{{name}}` is a parameter. */
export type ProblemText = { readonly title: string; readonly meaning: string; readonly steps: readonly string[] }

/** `meaning`: what a password with this preset does. */
export type PresetText = { readonly name: string; readonly meaning: string }

/** Scopes that only some sites have share a sentence with a name in it. */
type ScopeSentence = StaticScope | `types:${TypeVerb}` | `ns:${NamespaceVerb}` | `ns:${NamespaceVerb}:dangerous`

/** All sentences in one language. A missing one does not compile. */
export type Catalogue = {
	readonly problems: Readonly<Record<ProblemCode, ProblemText>>
	readonly notes: Readonly<Record<NoteCode, string>>
	readonly audit: Readonly<Record<AuditEvent, string>>
	readonly scopes: Readonly<Record<ScopeSentence, string>>
	readonly presets: Readonly<Record<Preset, PresetText>>
}
