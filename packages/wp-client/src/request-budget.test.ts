import { expect, it } from 'vitest'
import { createRequestBudget } from './request-budget.ts'

it('gives as many requests as it was made for, and keeps a reserve when asked to', () => {
	const budget = createRequestBudget(3)
	expect([budget.take(2), budget.take(2), budget.left()]).toEqual([true, false, 2])
	expect([budget.take(), budget.take(), budget.take(), budget.left()]).toEqual([true, true, false, 0])
})

it('is made for 12 unless told', () => {
	expect(createRequestBudget().left()).toBe(12)
})
