import { expect, it } from 'vitest'
import { newAccountJudges } from './account-problems.ts'

it('judges a username as the server does: no space inside, any around it', () => {
	expect(newAccountJudges.username('me me')).toBe('account/username-malformed')
	expect(newAccountJudges.username(' me.me ')).toBeUndefined()
})
