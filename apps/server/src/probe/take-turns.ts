import type { Prove } from './prove.ts'
import { createTurns } from './turns.ts'

/** No host is looked at by more than so many at once, whoever asks: the clock, many on the list together, or a person. */
export function takeTurns(prove: Prove, { perHost }: { readonly perHost: number }): Prove {
	const turns = createTurns(perHost)
	return async (wanted, options) => {
		const end = await turns(new URL(wanted.address).host, options.signal)
		try {
			return await prove(wanted, options)
		} finally {
			end()
		}
	}
}
