import type { Trouble } from './trouble.ts'

export type Draft = { readonly title: string; readonly content: string }
export type Stored = { readonly id: number } & Draft & { readonly status: string }

/** One way to write a draft, read it back and delete it for good. */
export type DraftWay = {
	readonly write: (draft: Draft) => Promise<Step<number>>
	readonly read: (id: number) => Promise<Step<Stored>>
	readonly remove: (id: number) => Promise<Step<true>>
	/** Whether the login works where nothing is written: then it was the content that was refused. */
	readonly isSignedIn: () => Promise<boolean>
}

/** `status` and `incident`: of a layer in front of WordPress that answered in its place. */
export type Step<T> =
	| { readonly ok: true; readonly value: T }
	| {
			readonly ok: false
			readonly trouble: Trouble
			readonly front?: { readonly status: number; readonly incident: string }
	  }
