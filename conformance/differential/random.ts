/** Numbers that look like chance and are the same for the same seed. */
export type Random = {
	/** From 0 up to, not including, `end`. */
	below(end: number): number
	pick<T>(from: readonly T[]): T
	/** `share` of all answers are yes. */
	chance(share: number): boolean
}

/** Mulberry32: small, fast, and good enough to choose among spellings. */
export function createRandom(seed: number): Random {
	let state = seed >>> 0
	const next = (): number => {
		state = (state + 0x6d2b79f5) >>> 0
		let mixed = Math.imul(state ^ (state >>> 15), state | 1)
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
	}
	const below = (end: number): number => Math.floor(next() * end)
	return {
		below,
		chance: (share) => next() < share,
		pick(from) {
			const one = from[below(from.length)]
			if (one === undefined) throw new Error('there is nothing to choose from')
			return one
		},
	}
}

/** The seed of one request of a run: any of them can be made again alone. */
export function seedOf(run: number, index: number): number {
	return (Math.imul(run ^ 0x9e3779b9, 0x85ebca6b) + Math.imul(index + 1, 0xc2b2ae35)) >>> 0
}
