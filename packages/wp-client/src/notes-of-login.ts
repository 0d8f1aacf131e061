import type { Note } from '@postern/vocabulary'
import type { VerifiedAccount } from './types.ts'

/** What is worth knowing of an account that may log in, by whichever transport. `typed`: the username as it was given. */
export function notesOfLogin(
	{ username, roles, permissions }: Pick<VerifiedAccount, 'username' | 'roles' | 'permissions'>,
	typed: string,
): readonly Note[] {
	const notes: Note[] = []
	if (typed.includes('@') && typed.toLowerCase() !== username.toLowerCase())
		notes.push({ code: 'login-also-by-email', params: { username } })
	if (permissions.includes('manage-site')) notes.push({ code: 'administrator-account', params: { username } })
	else if (!permissions.includes('publish'))
		notes.push({ code: 'limited-account', params: { username, role: roles[0] ?? '' } })
	return notes
}
