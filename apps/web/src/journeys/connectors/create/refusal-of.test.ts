import { localProblem } from '@postern/api/client'
import { expect, it } from 'vitest'
import { refusalOf } from './refusal-of.ts'

const problem = localProblem('approval/site-mismatch', { host: 'blog.example' })
const again = localProblem('approval/repeated', { host: 'blog.example' })
const password = { state: 'left', name: 'Postern – Blogs', host: 'blog.example' } as const

it('tells of a password together with the refusal that it came with, and with no other', () => {
	const told = { problem, again, password }
	expect(refusalOf(problem.code, told)).toEqual({ problem, password })
	expect(refusalOf(again.code, told)).toEqual({ problem: again })
	expect(refusalOf('approval/state-unknown', told)?.password).toBeUndefined()
	expect(refusalOf(problem.code, { problem, again: null, password: null })).toEqual({ problem })
	expect(refusalOf('no such code', { problem: null, again: null, password: null })).toBeUndefined()
})
