import type { Role, Scope } from '@postern/vocabulary'
import type { GrantDraft, Missing } from './grant-draft.ts'

export type ChoiceProps = {
	readonly draft: GrantDraft
	readonly onChange: (draft: GrantDraft) => void
	/** Whose password it will be: the role bounds it. */
	readonly owner: { readonly role: Role; readonly issuableScopes: readonly Scope[] }
	/** What is still to be chosen, once it was asked for. */
	readonly missing: Missing | undefined
}
