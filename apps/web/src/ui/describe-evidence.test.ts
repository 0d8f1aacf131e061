import { expect, it } from 'vitest'
import { describeEvidence } from './describe-evidence.ts'

it('writes an exchange as one line and its facts below, like a log', () => {
	const evidence = {
		step: 'login',
		method: 'GET',
		url: 'https://blog.example/wp-json/wp/v2/users/me?context',
		withCredentials: true,
		status: 401,
		code: 'rest_not_logged_in',
		facts: ['server: Apache'],
		elapsedMs: 83.4,
	}
	expect(describeEvidence(evidence, 'with credentials')).toBe(
		'GET https://blog.example/wp-json/wp/v2/users/me?context (with credentials) → 401 rest_not_logged_in 83 ms\n    server: Apache',
	)
})
