import { mkdir } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { languages } from '@postern/vocabulary'
import { requireJapaneseFont } from '../../scripts/testing/japanese-font.ts'
import { meet } from '../testing/person.ts'
import { tours } from '../testing/screens.ts'
import { changeLook } from '../testing/settle.ts'
import { openStage } from '../testing/stage.ts'

const looks = [
	{ name: 'narrow-dark', colorScheme: 'dark', width: 390 },
	{ name: 'narrow-light', colorScheme: 'light', width: 390 },
	{ name: 'wide-dark', colorScheme: 'dark', width: 1280 },
	{ name: 'wide-light', colorScheme: 'light', width: 1280 },
] as const

/** Every screen, whole, in every language, width and color scheme: for people to look at. */
export async function takeReviewPictures(folder: string): Promise<void> {
	await requireJapaneseFont()
	for (const language of languages) {
		const stage = await openStage({ title: 'Garden notes' })
		const person = await meet(stage.launched, stage.postern.origin, { language })
		let count = 0
		const onScreen = async (name: string) => {
			count += 1
			for (const look of looks) {
				await changeLook(person.page, look)
				const target = resolve(folder, language, look.name)
				await mkdir(target, { recursive: true })
				const path = join(target, `${String(count).padStart(2, '0')}-${name}.png`)
				await person.page.screenshot({ path, fullPage: true, caret: 'hide' })
			}
		}
		try {
			for (const tour of Object.values(tours)) await tour({ stage, person, onScreen })
		} finally {
			await stage.close()
		}
	}
}
