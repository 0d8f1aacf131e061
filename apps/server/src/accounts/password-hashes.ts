import { availableParallelism } from 'node:os'
import { type Algorithm, hash, verify } from '@node-rs/argon2'

/** argon2id with 19 MiB, two passes, one lane (OWASP password storage; ASVS 5 appendix C). Never cheaper, not even in tests. */
const cost = {
	algorithm: 2 satisfies Algorithm.Argon2id,
	memoryCost: 19_456,
	timeCost: 2,
	parallelism: 1,
	outputLen: 32,
} as const

/** So many hashes are computed or wait already that this one was not begun. */
export class TooManyHashes extends Error {}

export type PasswordHashes = {
	/** May throw `TooManyHashes`. */
	hash(password: string): Promise<string>
	/** May throw `TooManyHashes`. */
	matches(passwordHash: string, password: string): Promise<boolean>
}

/** Hashes passwords, at most one for each core at a time; at most `queueLimit` wait. */
export function createPasswordHashes({ lanes = availableParallelism(), queueLimit = 64 } = {}): PasswordHashes {
	const inLane = createLanes(lanes, queueLimit)
	return {
		hash: (password) => inLane(() => hash(normalizePassword(password), cost)),
		matches: (passwordHash, password) => inLane(() => verify(passwordHash, normalizePassword(password))),
	}
}

/** The same characters may arrive composed or decomposed, depending on the keyboard (NIST SP 800-63B-4 §3.1.1.2). */
export function normalizePassword(password: string): string {
	return password.normalize('NFC')
}

function createLanes(lanes: number, queueLimit: number) {
	let free = lanes
	const waiting: (() => void)[] = []
	return async <T>(work: () => Promise<T>): Promise<T> => {
		if (free === 0 && waiting.length >= queueLimit) throw new TooManyHashes()
		if (free === 0) await new Promise<void>((resolve) => waiting.push(resolve))
		else free -= 1
		try {
			return await work()
		} finally {
			const next = waiting.shift()
			if (next === undefined) free += 1
			else next()
		}
	}
}
