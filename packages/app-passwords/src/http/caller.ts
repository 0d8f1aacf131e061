import type { Grants, Held, User } from '../types.ts'

/** Who asks, and how that is known. The way travels with the person: it decides what the person may do. */
export type Caller<U extends User = User, G extends Grants = Grants> =
	| { readonly by: 'nobody' }
	| { readonly by: 'password'; readonly user: U; readonly held: Held<U, G> }
	| { readonly by: 'session'; readonly user: U }

export type Signed<U extends User, G extends Grants> = Exclude<Caller<U, G>, { by: 'nobody' }>
