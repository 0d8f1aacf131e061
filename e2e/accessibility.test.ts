import { afterAll, beforeAll, expect, it } from 'vitest'
import { meet } from './testing/person.ts'
import { scan } from './testing/scan.ts'
import { visitScreens } from './testing/screens.ts'
import { changeLook } from './testing/settle.ts'
import { openStage, type Stage } from './testing/stage.ts'

let stage: Stage
beforeAll(async () => {
	stage = await openStage({ title: 'Garden notes' })
})
afterAll(() => stage.close())

it('shows no screen, light or dark, wide or narrow, that shuts somebody out', async () => {
	const person = await meet(stage.launched, stage.postern.origin)
	const found: string[] = []
	const visited: string[] = []
	const looks = [
		{ colorScheme: 'dark', width: 1280 },
		{ colorScheme: 'light', width: 390 },
		{ colorScheme: 'light', width: 1280 },
	] as const
	const onScreen = async (name: string) => {
		visited.push(name)
		for (const { colorScheme, width } of looks) {
			await changeLook(person.page, { colorScheme, width })
			for (const violation of await scan(person.page)) found.push(`${name}, ${colorScheme}, ${width}: ${violation}`)
		}
	}
	await visitScreens({ stage, person, onScreen })
	expect(found).toEqual([])
	expect(new Set(visited).size).toBeGreaterThan(45)
}, 1_800_000)
