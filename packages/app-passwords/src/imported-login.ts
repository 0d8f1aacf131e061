import { setTimeout as delay } from 'node:timers/promises'
import { placeOf } from './addresses.ts'
import { hashSecret } from './hash-secret.ts'
import { decoyHash, verifyImported } from './imported-hashes.ts'
import { createQueue } from './one-at-a-time.ts'
import type { ApplicationPassword, Grants, Held, PasswordStorage, User } from './types.ts'

/** A check takes 15 ms to a second of this process: one after the other, and not more in line than are done in a few seconds, few of one network. */
const places = { all: 32, ofOne: 4 }
/** What went wrong is answered on the next such tick, so that the time does not count a stranger's imported passwords. */
const tickMs = 100

type Presented<U extends User> = { readonly owner: U | undefined; readonly secret: string; readonly ip: string }
type Tried<U extends User, G extends Grants> = { readonly held: Held<U, G> | undefined }

/**
 * Tries a secret on the passwords an owner brought from WordPress whose hashes cannot be looked up. A match becomes one of our
 * own hashes before it is answered. Undefined: too many logins wait for such a check, all in all or of this network, and this one
 * was not tried. Who brings what is being tried already waits for the same answer, and takes no place.
 */
export function createImportedLogin<U extends User, G extends Grants>(
	storage: PasswordStorage<U, G>,
	onTrouble: (error: unknown) => void,
	wait: (ms: number) => Promise<void> = delay,
): (presented: Presented<U>) => Promise<Tried<U, G>> | undefined {
	const inTurn = createQueue(places)
	const underway = new Map<string, Promise<Tried<U, G>>>()
	const upgrade = async (owner: U, password: ApplicationPassword<G>, from: string, secret: string) => {
		try {
			const to = hashSecret(secret)
			await storage.change({ kind: 'rehash', owner, uuid: password.uuid, from, to }, () => [])
		} catch (error) {
			onTrouble(error) // the old hash still stands, and still verifies
		}
	}
	const attempt = async (owner: U | undefined, secret: string): Promise<Tried<U, G>> => {
		const start = performance.now()
		const imported = owner === undefined ? [] : await storage.listImported(owner)
		for (const { password, hash } of imported) {
			if (owner === undefined || !(await verifyImported(secret, hash))) continue
			await upgrade(owner, password, hash, secret)
			return { held: { user: owner, password } }
		}
		if (imported.length === 0) await verifyImported(secret, decoyHash)
		// Somebody else's login may have made it one of ours after this one looked for it.
		const held = await storage.findByHash(hashSecret(secret))
		if (held === undefined || held.user.id !== owner?.id) {
			await wait(tickMs - ((performance.now() - start) % tickMs))
			return { held: undefined }
		}
		return { held }
	}
	return ({ owner, secret, ip }) => {
		const key = `${owner?.id ?? ''} ${hashSecret(secret)}`
		const same = underway.get(key)
		if (same !== undefined) return same
		const tried = inTurn(placeOf(ip), () => attempt(owner, secret).finally(() => underway.delete(key)))
		if (tried !== undefined) underway.set(key, tried)
		return tried
	}
}
