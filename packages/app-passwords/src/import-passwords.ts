import { hash } from 'node:crypto'
import { isWordPressUuid, sanitizeApplicationName } from '@postern/wordpress'
import type { AppPasswords, ImportedPassword } from './app-passwords.ts'
import { canBeVerified } from './imported-hashes.ts'
import { describe } from './lifecycle.ts'
import type { ApplicationPassword, Grants, PasswordStorage, User } from './types.ts'

type Ports<U extends User, G extends Grants> = {
	readonly storage: PasswordStorage<U, G>
	readonly now: () => Date
}

/** Takes over records of WordPress one by one; doing it again changes nothing. */
export function createImport<U extends User, G extends Grants>({
	storage,
	now,
}: Ports<U, G>): AppPasswords<U, G>['importFromWordPress'] {
	return async (owner, records, occasion) => {
		const taken: ApplicationPassword<G>[] = []
		for (const record of records) {
			const password = passwordOf(owner, record)
			if (!canBeVerified(record.hash) || (await storage.find(owner, password.uuid)) !== undefined) continue
			const change = { kind: 'create', owner, password, hash: record.hash } as const
			taken.push(...(await storage.change(change, describe('created', { owner, at: now(), occasion }))))
		}
		return taken
	}
}

/** The feature plugin of old wrote no UUIDs, and WordPress itself looks at a name only when it is typed. */
function passwordOf<G extends Grants>(owner: User, record: ImportedPassword<G>): ApplicationPassword<G> {
	const uuid = isWordPressUuid(record.uuid) ? record.uuid : uuidOf(`${owner.id} ${record.hash}`)
	const name = [...sanitizeApplicationName(record.name)].slice(0, 200).join('')
	const { created, lastUsed, lastIp, grants } = record
	return {
		uuid,
		appId: isWordPressUuid(record.appId) ? record.appId : '',
		name: name === '' ? uuid : name,
		created,
		lastUsed,
		lastIp,
		seen: null,
		expires: null,
		addresses: [],
		requestsPerMinute: null,
		grants,
	}
}

/** A UUID in the form of v4 that is the same each time, or a record without one would be taken over again and again. */
function uuidOf(text: string): string {
	const digest = hash('sha256', `postern imported application password\0${text}`, 'buffer').subarray(0, 16)
	digest.writeUInt8((digest.readUInt8(6) & 0x0f) | 0x40, 6)
	digest.writeUInt8((digest.readUInt8(8) & 0x3f) | 0x80, 8)
	return digest.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')
}
