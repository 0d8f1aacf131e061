import { randomUUID } from 'node:crypto'
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
			const password = passwordOf(record)
			if (!canBeVerified(record.hash) || (await storage.find(owner, password.uuid)) !== undefined) continue
			const change = { kind: 'create', owner, password, hash: record.hash } as const
			taken.push(...(await storage.change(change, describe('created', { owner, at: now(), occasion }))))
		}
		return taken
	}
}

/** The feature plugin of old wrote no UUIDs, and WordPress itself looks at a name only when it is typed. */
function passwordOf<G extends Grants>(record: ImportedPassword<G>): ApplicationPassword<G> {
	const uuid = isWordPressUuid(record.uuid) ? record.uuid : randomUUID()
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
