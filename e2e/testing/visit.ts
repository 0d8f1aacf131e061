import type { Person } from './person.ts'
import type { Stage } from './stage.ts'

/** Somebody who walks through the screens. */
export type Visit = {
	readonly stage: Stage
	readonly person: Person
	/** Called on every screen, with nothing moving any more. */
	readonly onScreen: (name: string) => Promise<void>
}
