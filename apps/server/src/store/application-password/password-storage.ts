import type { Change, PasswordStorage } from '@postern/app-passwords'
import type { QuickReader, Row } from '../dialect/quick-reader.ts'
import { after, whileNothingChanges } from '../dialect/while-nothing-changes.ts'
import type { StoreFunctions } from '../store-functions.ts'
import type { PosternGrants, PosternHeld, PosternPassword, PosternUser } from './application-password.ts'
import { passwordColumns, readPassword, type PasswordRow } from './application-password-row.ts'
import { recordPasswordEvents, type PosternEvent } from './password-events.ts'
import { createRefusalJournal } from './refusal-journal.ts'
import { createUseJournal, type InTransaction, type Use } from './use-journal.ts'
import { readUser, userColumns, userTables, type UserRow } from './user-row.ts'

export type PosternPasswordStorage = PasswordStorage<PosternUser, PosternGrants> & {
	/** Writes what waits. */
	flush(): Promise<void>
}

type Ports = {
	readonly reader: QuickReader
	readonly functions: StoreFunctions
	readonly inTransaction: InTransaction
}

/** What the package keeps its passwords in: changes with their events in one transaction, look-ups past Kysely. */
export function passwordStorageOn({ reader, functions, inTransaction }: Ports): PosternPasswordStorage {
	const uses = createUseJournal(inTransaction)
	const refusals = createRefusalJournal(inTransaction)
	const { applicationPasswords } = functions
	return {
		...lookUpsOn(reader),
		listImported: (owner) => applicationPasswords.listImported(owner),
		list: async (owner) => (await applicationPasswords.list(owner)).map(({ password }) => password),
		find: async (owner, uuid) => (await applicationPasswords.find(owner, uuid))?.password,
		change(change, describe) {
			if (change.kind === 'use') return uses.add(change, describe)
			return inTransaction((transaction) => make(change, describe, transaction))
		},
		note(event) {
			if (event.event === 'failed') refusals.add(event)
		},
		async flush() {
			await Promise.all([uses.flush(), refusals.flush()])
		},
	}
}

const foundColumns = passwordColumns.map((column) => `application_password.${column}`).join(', ')

type LookUps = Pick<PosternPasswordStorage, 'findByHash' | 'hasImported' | 'isInUse'>

/** What every request may need. Only members are found: with the membership the passwords end. */
function lookUpsOn(reader: QuickReader): LookUps {
	const byHash = reader.prepare(`
		select ${foundColumns}, ${userColumns} from ${userTables}
		join application_password on application_password.member_id = member.id
		where application_password.hash = $1`)
	const imported = reader.prepare('select 1 from application_password where is_imported = 1 limit 1')
	const inUse = reader.prepare("select 1 from installation where key = 'application-passwords-in-use'")
	const find = (hash: string) => after(byHash(hash), readHeld)
	return {
		findByHash: whileNothingChanges(reader, find),
		hasImported: () => after(imported(), (rows) => rows.length > 0),
		isInUse: () => after(inUse(), (rows) => rows.length > 0),
	}
}

function readHeld([row]: readonly Row[]): PosternHeld | undefined {
	if (row === undefined) return undefined
	const found = row as PasswordRow & UserRow // the columns of the statement above
	return { user: readUser(found), password: readPassword(found) }
}

type Describe = (affected: readonly PosternPassword[]) => readonly PosternEvent[]
type Made<Kind> = Extract<Change<PosternUser, PosternGrants>, { kind: Kind }>

async function make(
	change: Exclude<Change<PosternUser, PosternGrants>, Use>,
	describe: Describe,
	transaction: StoreFunctions,
): Promise<readonly PosternPassword[]> {
	await transaction.workspaces.lock(change.owner.workspaceId)
	// The change says what is new; what it was before is read here, where nobody can come between.
	const before = change.kind === 'update' ? await findBefore(change, transaction) : undefined
	const affected = change.kind === 'create' ? [change.password] : await alter(change, transaction)
	if (affected.length === 0) return affected
	const events = describe(affected)
	if (change.kind === 'create') await insert(change, events, transaction)
	await recordPasswordEvents(before === undefined ? events : events.map((event) => ({ ...event, before })), transaction)
	return affected
}

async function findBefore(
	{ owner, uuid }: Made<'update'>,
	{ applicationPasswords }: StoreFunctions,
): Promise<PosternPassword | undefined> {
	return (await applicationPasswords.find(owner, uuid))?.password
}

async function alter(
	change: Made<'update' | 'delete' | 'rehash'>,
	{ applicationPasswords }: StoreFunctions,
): Promise<readonly PosternPassword[]> {
	if (change.kind === 'delete') return applicationPasswords.delete(change.owner, change.uuid)
	const altered =
		change.kind === 'update'
			? await applicationPasswords.update(change.owner, change.uuid, change.changes)
			: await applicationPasswords.rehash(change.owner, change.uuid, change)
	return altered === undefined ? [] : [altered]
}

/** Who made it, and how that was proven, is what its event says. */
async function insert(
	{ owner, password, hash }: Made<'create'>,
	events: readonly PosternEvent[],
	{ applicationPasswords, installation }: StoreFunctions,
): Promise<void> {
	const { by = null, withPassword = null } = events.find(({ event }) => event === 'created')?.occasion ?? {}
	await applicationPasswords.insert(owner, {
		password,
		hash,
		createdBy: by === null || by.accountId === owner.accountId ? null : { accountId: by.accountId, name: by.login },
		// Whoever has a second factor proves it before a password is made; an application cannot.
		isSecondFactorProven: by?.hasSecondFactor === true && withPassword === null,
	})
	await installation.markApplicationPasswordsInUse()
}
