import { expect, it } from 'vitest'
import { problemTitle } from './problem-title.ts'

it('leaves no hole where a value is not known', () => {
	expect(problemTitle('application-passwords/off-for-user', { host: 'blog.example' }, 'en')).toBe(
		'The account … may not use application passwords on blog.example.',
	)
})
