import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { meet, type Person } from './testing/person.ts'
import { scan } from './testing/scan.ts'
import { tours } from './testing/screens.ts'
import { changeLook } from './testing/settle.ts'
import { openStage, type Stage } from './testing/stage.ts'

let stage: Stage
let person: Person
beforeAll(async () => {
	stage = await openStage({ title: 'Garden notes' })
	person = await meet(stage.launched, stage.postern.origin)
})
afterAll(() => stage.close())

const looks = [
	{ colorScheme: 'dark', width: 1280 },
	{ colorScheme: 'light', width: 390 },
	{ colorScheme: 'light', width: 1280 },
] as const
const visited: string[] = []

describe('no screen, light or dark, wide or narrow, shuts somebody out', () => {
	it.each(Object.entries(tours))(
		'%s',
		async (_, tour) => {
			const found: string[] = []
			const onScreen = async (name: string) => {
				visited.push(name)
				for (const { colorScheme, width } of looks) {
					await changeLook(person.page, { colorScheme, width })
					const shown = await person.page.evaluate(() => document.documentElement.scrollWidth)
					if (shown > width) found.push(`${name}, ${width}: is ${shown} wide`)
					for (const violation of await scan(person.page)) found.push(`${name}, ${colorScheme}, ${width}: ${violation}`)
				}
			}
			await tour({ stage, person, onScreen })
			expect(found).toEqual([])
		},
		600_000,
	)

	it('were all of them', () => {
		expect(new Set(visited).size).toBe(visited.length)
		expect(visited.length).toBeGreaterThan(85)
	})
})
