/** Lets one holder in at a time, in the order in which they came. */
export class Mutex {
	#isHeld = false
	readonly #waiting: (() => void)[] = []

	lock(): Promise<void> {
		if (this.#isHeld) return new Promise((resolve) => this.#waiting.push(resolve))
		this.#isHeld = true
		return Promise.resolve()
	}

	unlock(): void {
		const next = this.#waiting.shift()
		if (next === undefined) this.#isHeld = false
		else next()
	}
}
