import { expect, it } from 'vitest'
import { fail, ok, type Result } from './result.ts'

it('carries a value', () => {
	expect(ok(7)).toEqual({ ok: true, value: 7 })
})

it('says success without a value', () => {
	const done: Result<void> = ok()
	expect(done.ok).toBe(true)
})

it('names the problem, with values that may be shown', () => {
	const failure = fail('tls/expired', { params: { host: 'blog.example' } })
	expect(failure).toEqual({ ok: false, problem: { code: 'tls/expired', params: { host: 'blog.example' } } })
})

it('has empty params rather than none, so that sentences can be filled without asking', () => {
	expect(fail('address/required').problem.params).toEqual({})
})

it('keeps the cause apart from what may be shown', () => {
	const cause = new Error('ECONNREFUSED')
	const { problem } = fail('network/refused', { params: { host: 'blog.example', port: 443 }, cause })
	expect(problem.cause).toBe(cause)
	expect(JSON.stringify(problem.params)).not.toContain('ECONNREFUSED')
	expect('cause' in fail('network/refused').problem).toBe(false)
})

it('lets a caller read the value only after looking at ok', () => {
	const [even, odd] = [half(8), half(7)]
	expect(even.ok ? even.value : even.problem.code).toBe(4)
	expect(odd.ok ? odd.value : odd.problem.code).toBe('request/number-range')
})

function half(n: number): Result<number> {
	return n % 2 === 0 ? ok(n / 2) : fail('request/number-range', { params: { field: 'n' } })
}
