import { afterAll } from 'vitest'
import type { Place, SetUp, Target } from './target.ts'

export type Places = {
	/** The place with this set-up; one for all tests beside each other. */
	open(setUp?: SetUp): Promise<Place>
	/** One of the test's own, which it may leave in any state. */
	openNew(setUp?: SetUp): Promise<Place>
}

/** To be called where tests are declared: starts places when they are asked for, and stops them after the last test. */
export function placesOf(target: Target): Places {
	const shared = new Map<string, Promise<Place>>()
	const started: Promise<Place>[] = []
	const openNew = (setUp: SetUp = {}): Promise<Place> => {
		const place = target.start(setUp)
		started.push(place)
		return place
	}
	afterAll(async () => {
		const outcomes = await Promise.allSettled(started)
		await Promise.all(outcomes.flatMap((one) => (one.status === 'fulfilled' ? [one.value.stop()] : [])))
	})
	return {
		openNew,
		open(setUp = {}) {
			const key = JSON.stringify(setUp)
			const place = shared.get(key) ?? openNew(setUp)
			shared.set(key, place)
			return place
		},
	}
}
