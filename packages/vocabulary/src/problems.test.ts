import { expect, it } from 'vitest'
import { problemCodes, problems } from './problems.ts'

it('names every problem <noun>/<what-is-wrong>', () => {
	expect(problemCodes.length).toBeGreaterThan(100)
	for (const code of problemCodes) expect(code).toMatch(/^[a-z]+(-[a-z]+)*\/[a-z]+(-[a-z]+)*$/)
})

it('gives every problem a status that HTTP knows as an error', () => {
	expect(problemCodes.filter((code) => problems[code].status < 400 || problems[code].status > 599)).toEqual([])
})

it('never answers 401 for what a site refused: that is our own callers’ status', () => {
	const statuses = problemCodes
		.filter((code) => code.startsWith('site-credential/'))
		.map((code) => problems[code].status)
	expect(statuses).not.toContain(401)
	expect(problems['site-credential/rejected'].status).toBe(502)
})

it('tells whoever is asked to wait that waiting helps', () => {
	const throttles = problemCodes.filter((code) => problems[code].params.includes('seconds'))
	expect(throttles).toContain('account/throttled')
	for (const code of throttles) expect(problems[code].retry).toBe('after-wait')
})
