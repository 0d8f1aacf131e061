const HIDDEN = '[secret]'

/**
 * Holds a secret that cannot slip out: it prints, joins and serializes as "[secret]"; a structured clone loses it.
 * The only way out is `reveal()`, which reviewers can find.
 */
export class Secret {
	readonly #text: string

	constructor(text: string) {
		this.#text = text
	}

	reveal(): string {
		return this.#text
	}

	toString(): string {
		return HIDDEN
	}

	toJSON(): string {
		return HIDDEN
	}

	// Node's util.inspect, console and pino's formatters ask for this symbol.
	[Symbol.for('nodejs.util.inspect.custom')](): string {
		return HIDDEN
	}
}
