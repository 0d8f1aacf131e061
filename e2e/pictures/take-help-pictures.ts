import { mkdir, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { languages, type Language } from '@postern/vocabulary'
import { connectJourney, type Shown } from '../testing/connect-journey.ts'
import { button, meet, setUp } from '../testing/person.ts'
import { settle } from '../testing/settle.ts'
import { HEIGHT, pictureFolder, pictureOf, WIDTH } from './help-pictures.ts'
import { openPictureStage } from './picture-stage.ts'

const QUALITY = 85
const names = { en: 'My garden blog', ja: '庭のブログ' } as const

/** Takes the journey of the help page in every language, with a picture of each step before its click. */
export async function takeHelpPictures(): Promise<void> {
	await rm(pictureFolder, { recursive: true, force: true })
	for (const language of languages) await takeInLanguage(language)
}

async function takeInLanguage(language: Language): Promise<void> {
	const stage = await openPictureStage()
	try {
		const viewport = { width: WIDTH, height: HEIGHT }
		const person = await meet(stage.launched, stage.postern.origin, { language, viewport })
		await setUp(person)
		await button(person, person.says.shell.close).click() // "Postern is set up" is no part of the guide
		const onShown = async (shown: Shown) => {
			const path = pictureOf(shown.step, language)
			// WordPress's own screens are taken once, with the English ones.
			if (language !== 'en' && path === pictureOf(shown.step, 'en')) return
			const target = join(pictureFolder, path)
			await mkdir(dirname(target), { recursive: true })
			await writeFile(target, await takePicture(shown))
		}
		const { site } = stage
		const options = { person, site, role: 'admin', applicationName: 'Postern', onShown } as const
		await connectJourney({ ...options, connectorName: names[language] }).upTo('step-10')
	} finally {
		await stage.close()
	}
}

/** The screen, with a frame around the thing to look at. */
async function takePicture({ page, target }: Shown): Promise<Buffer> {
	await page.bringToFront()
	await target.evaluate((element) => {
		element.scrollIntoView({ block: 'center' })
		if (!(element instanceof HTMLElement)) return
		const isInList = element.getAttribute('role') === 'option' // which would cut the frame off
		Object.assign(element.style, { outline: '3px solid #c2410c', outlineOffset: isInList ? '-3px' : '3px' })
	})
	await settle(page)
	const browser = await page.context().newCDPSession(page)
	const { data } = await browser.send('Page.captureScreenshot', { format: 'webp', quality: QUALITY })
	await target.evaluate((element) => {
		if (element instanceof HTMLElement) Object.assign(element.style, { outline: '', outlineOffset: '' })
	})
	return Buffer.from(data, 'base64')
}
