import { fail, ok, type Result } from '@postern/vocabulary'

/** Characters as people count them. */
const limit = 100

/** Bytes, so that one letter with 5,000 accents is not a short name. */
const byteLimit = 1_000

/**
 * Reads a name as typed: trimmed, kept as written otherwise. Fails with `connector-name/required` (also for invisible characters
 * alone), `connector-name/too-long`, `connector-name/malformed` (control characters).
 */
export function readConnectorName(typed: string): Result<string> {
	const name = typed.trim().normalize('NFC')
	if (name.replaceAll(/[\s\p{Cf}]/gu, '') === '') return fail('connector-name/required')
	if ([...new Intl.Segmenter().segment(name)].length > limit || Buffer.byteLength(name) > byteLimit)
		return fail('connector-name/too-long', { params: { limit } })
	// Bidi overrides and line breaks would let a name pretend to be something else; joiners of emoji and Arabic stay.
	if (/[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u.test(name) || !name.isWellFormed())
		return fail('connector-name/malformed')
	return ok(name)
}
