import type { MaybePromise, UserDirectory } from '@postern/app-passwords'
import type { QuickReader, Row } from '../dialect/quick-reader.ts'
import type { PosternUser } from './application-password.ts'
import { readUser, userColumns, userTables, type UserRow } from './user-row.ts'

/** People and machines as owners of application passwords, as they are now. */
export type PasswordOwners = UserDirectory<PosternUser> & {
	findMember(workspaceId: string, memberId: string): MaybePromise<PosternUser | undefined>
	/** The same account in each of its workspaces. */
	listOfAccount(accountId: string): MaybePromise<readonly PosternUser[]>
}

export function passwordOwnersOn(reader: QuickReader): PasswordOwners {
	const ask = (restriction: string) => reader.prepare(`select ${userColumns} from ${userTables} ${restriction}`)
	const one = ' order by member.created_at, member.id limit 1'
	const byUsername = ask(`where auth_user.username = $1${one}`)
	const byEmail = ask(`where auth_user.email = $1 and account_profile.kind = 'person'${one}`)
	const byNumber = ask('where account_profile.number = $1 and member.workspace_id = $2')
	const byWorkspace = ask('where member.workspace_id = $1 order by account_profile.number')
	const byMember = ask('where member.workspace_id = $1 and member.id = $2')
	const byAccount = ask('where member.account_id = $1 order by member.workspace_id')
	return {
		// No username has an `@`. What is not to be stored is nobody’s name.
		findByLogin(typed) {
			const name = typed.replaceAll('\0', '\uFFFD').toWellFormed().toLowerCase()
			return first(name.includes('@') ? byEmail(name) : byUsername(name))
		},
		findById(id, { workspaceId }) {
			return Number.isSafeInteger(id) ? first(byNumber(id, workspaceId)) : undefined
		},
		listFor: ({ workspaceId }) => all(byWorkspace(workspaceId)),
		findMember: (workspaceId, memberId) => first(byMember(workspaceId, memberId)),
		listOfAccount: (accountId) => all(byAccount(accountId)),
	}
}

type Answer = MaybePromise<readonly Row[]>

function all(answer: Answer): MaybePromise<readonly PosternUser[]> {
	const read = (rows: readonly Row[]) => rows.map((row) => readUser(row as UserRow)) // the columns of every statement here
	return answer instanceof Promise ? answer.then(read) : read(answer)
}

function first(answer: Answer): MaybePromise<PosternUser | undefined> {
	const users = all(answer)
	return users instanceof Promise ? users.then(([user]) => user) : users[0]
}
