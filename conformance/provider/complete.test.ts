import { describe, expect, it } from 'vitest'
import { differencesOf } from '../targets/differences.ts'
import { wordpressVersions } from '../wordpress/wordpress-options.ts'
import { cases, type Case } from './cases.ts'
import { leftOut, onlyOurs, onlyTheirs } from './left-out.ts'
import { readNumberedTests } from './numbered-tests.ts'

const LAST_OF_ALL = 250 // the specification’s; those after 240 are about the connector
const tests = readNumberedTests()
const tested = (holds: (test: (typeof tests)[number]) => boolean): ReadonlySet<number> =>
	new Set(tests.filter(holds).flatMap(({ numbers }) => numbers))
const byUs = tested(({ isOfUs }) => isOfUs)
const byWordPress = tested(({ isOfWordPress }) => isOfWordPress)
const isLeftOut = ({ number }: Case): boolean => Object.hasOwn(leftOut, number)
const asWordPress = cases.filter((one) => (one.class === 'c' || one.class === 'cx') && !isLeftOut(one))
const isOnlyTheirs = ({ number }: Case): boolean => Object.hasOwn(onlyTheirs, number)
const named = (some: readonly Case[]): readonly string[] => some.map(({ number, title }) => `#${number} ${title}`)

describe('the numbered cases of a provider and a gateway', () => {
	it('are 1 to 240, each once', () => {
		expect(cases.map(({ number }) => number)).toEqual(Array.from({ length: 240 }, (_, index) => index + 1))
	})

	it('are each tested here or left out for a reason, never both', () => {
		expect(named(cases.filter((one) => !isLeftOut(one) && !isOnlyTheirs(one) && !byUs.has(one.number)))).toEqual([])
		expect(
			named(cases.filter((one) => isLeftOut(one) && (byUs.has(one.number) || byWordPress.has(one.number)))),
		).toEqual([])
	})

	it('are asked of a real WordPress as well where they are its own, but for those with a reason', () => {
		const isOnlyOurs = ({ number }: Case): boolean => Object.hasOwn(onlyOurs, number)
		expect(named(asWordPress.filter((one) => !isOnlyOurs(one) && !byWordPress.has(one.number)))).toEqual([])
		expect(named(cases.filter((one) => isOnlyOurs(one) && byWordPress.has(one.number)))).toEqual([])
	})

	it('are what numbers in names of tests mean', () => {
		const unknown = [...byUs, ...byWordPress].filter((number) => number < 1 || number > LAST_OF_ALL)
		expect(unknown).toEqual([])
	})

	it('are listed', () => {
		const both = asWordPress.filter(({ number }) => byUs.has(number) && byWordPress.has(number))
		const left = cases.filter(isLeftOut)
		const done = cases.filter(({ number }) => byUs.has(number) || byWordPress.has(number))
		const lines = [
			`${done.length} of ${cases.length} cases tested, ${both.length} of them on WordPress and on us; ${left.length} left out:`,
			...left.map(({ number, title }) => `  #${number} ${title}: ${leftOut[number]}`),
			'As WordPress has them, but asked of us only:',
			...cases
				.filter(({ number }) => Object.hasOwn(onlyOurs, number))
				.map(({ number, title }) => `  #${number} ${title}: ${onlyOurs[number]}`),
			'Of WordPress only:',
			...cases.filter(isOnlyTheirs).map(({ number, title }) => `  #${number} ${title}: ${onlyTheirs[number]}`),
		]
		for (const version of wordpressVersions)
			lines.push(`WordPress ${version} differs:`, ...differencesOf(version).map((one) => `  ${one}`))
		console.log(lines.join('\n'))
		expect(both.length).toBeGreaterThan(100)
	})
})
