import type { StaticScope } from '@postern/vocabulary'

/** What a path variable may hold; the same as WordPress' own patterns or narrower. */
export type VariableType = 'digits' | 'word' | 'uuid' | 'file'

/** What a field (or a path variable) brings in besides. */
export type Escalation = {
	readonly field: string
	/** Only with a value like this; any value without. */
	readonly value?: RegExp
	readonly scope: StaticScope
}

/** Types of posts whose scopes tell drafts from the rest, by the first part of their scopes. */
export type PostFamily = 'posts' | 'pages' | `types:${string}`

export type Rule =
	/** To every password. */
	| { readonly kind: 'open' }
	/** To none. */
	| { readonly kind: 'never' }
	| {
			readonly kind: 'scopes'
			/** All of them. */
			readonly scopes: readonly StaticScope[]
			/** A GET that changes something. */
			readonly writes?: true
			readonly escalations?: readonly Escalation[]
			/** For one revision, `id`, of the item `parent` below this base. */
			readonly revisionBelow?: string
	  }
	/** By fields and by what the post is. */
	| { readonly kind: 'post-create'; readonly family: PostFamily }
	| { readonly kind: 'post-edit' | 'post-delete'; readonly family: PostFamily }
	| { readonly kind: 'post-read'; readonly family: PostFamily }
	| { readonly kind: 'revision-read' | 'revision-delete'; readonly family: PostFamily }
	/** Item by item. */
	| { readonly kind: 'batch' }

/** What `_embed` can bring along, and the scopes for it; `any-post` are those of all types there are. */
export type Embeds = Readonly<Record<string, readonly (StaticScope | 'any-post' | 'own-type')[]>>

/** WordPress' groups: POST, PUT and PATCH edit alike. */
export type RouteMethod = 'GET' | 'POST' | 'EDIT' | 'DELETE'

export type Route = {
	/** `/wp/v2/posts/<id:digits>`. A variable that stands twice holds both segments. */
	readonly template: string
	/** POST creates where there is no EDIT. */
	readonly rules: Readonly<Partial<Record<RouteMethod, Rule>>>
	readonly embeds?: Embeds
	/** Names that a request must not carry besides its path variables: they would beat the path. */
	readonly reserved?: readonly string[]
	/** The field that holds the id of a post, of whatever type, that the answer shows. */
	readonly shows?: string
	/** Fields that hold a line with a little HTML; `title` without. */
	readonly lines?: readonly string[]
	/** Nothing in its fields is shown as HTML. */
	readonly isPlain?: true
}
