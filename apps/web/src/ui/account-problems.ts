import { type ProblemCode, usernameShape } from '@postern/vocabulary'

/** Which field of a new account a problem is about. */
export const newAccountFields = {
	'account/username-malformed': 'username',
	'account/username-taken': 'username',
	'account/email-malformed': 'email',
	'account/email-taken': 'email',
	'account/password-too-short': 'password',
	'account/password-too-long': 'password',
	'account/password-common': 'password',
} as const

/** Which field a problem is about where a new password is chosen. */
export const newPasswordFields = {
	'account/password-too-short': 'newPassword',
	'account/password-too-long': 'newPassword',
	'account/password-common': 'newPassword',
} as const

/** What can be told of a new account before it is sent. */
export const newAccountJudges = { username: judgeUsername }

function judgeUsername(typed: string): ProblemCode | undefined {
	return usernameShape.test(typed.trim()) ? undefined : 'account/username-malformed'
}
