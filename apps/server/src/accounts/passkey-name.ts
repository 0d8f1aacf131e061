import { fail, ok, type Result } from '@postern/vocabulary'

const limit = 60

/** Reads a passkey's name as typed. Fails with `account/passkey-name-malformed`. */
export function readPasskeyName(typed: string): Result<string> {
	const name = typed.normalize('NFC').replaceAll(/\s+/gu, ' ').trim()
	const isVisible = /[^\p{C}\p{Z}\p{M}]/u.test(name) && !/[\p{Cc}\p{Cs}\p{Co}\p{Cn}]/u.test(name)
	if (!isVisible || Array.from(name).length > limit)
		return fail('account/passkey-name-malformed', { params: { limit } })
	return ok(name)
}
