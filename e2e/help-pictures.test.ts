import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { languages } from '@postern/vocabulary'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { launchBrowser, type TestBrowser } from '../scripts/testing/browser.ts'
import {
	HEIGHT,
	helpPictures,
	MAX_BYTES,
	pictureFolder,
	pictureOf,
	pngSize,
	readmePicture,
	webpSize,
	WIDTH,
} from './pictures/help-pictures.ts'
import { setUpByProgram } from './testing/founder.ts'
import { arriveAt, meet, signIn, type Person } from './testing/person.ts'
import { startPostern, type Postern } from './testing/start-postern.ts'
import { journeySteps } from './testing/connect-journey.ts'

describe('the pictures that `npm run screenshots` takes', () => {
	it('are there for every step of the journey and every language, and no others', () => {
		const found = readdirSync(pictureFolder, { recursive: true, withFileTypes: true })
			.filter((entry) => entry.isFile())
			.map((entry) => join(entry.parentPath, entry.name).slice(pictureFolder.length + 1))
		expect(found.sort()).toEqual([...helpPictures].sort())
	})

	it.each(helpPictures)('%s has the size that the pages reserve, and is light', (path) => {
		const file = readFileSync(join(pictureFolder, path))
		expect(webpSize(file)).toEqual({ width: WIDTH, height: HEIGHT })
		expect(file.length).toBeLessThanOrEqual(MAX_BYTES)
		expect(file.length).toBeGreaterThan(5_000) // an empty screen has less
	})

	it('shows the README a wide list', () => {
		expect(pngSize(readFileSync(readmePicture)).width).toBe(1280)
		expect(statSync(readmePicture).size).toBeLessThan(200_000)
		const readme = readFileSync(join(import.meta.dirname, '..', 'README.md'), 'utf8')
		expect(readme).toContain('(docs/images/connectors.png)')
	})
})

describe.each(languages)('who reads the guide, in %s', (language) => {
	let launched: TestBrowser
	let postern: Postern
	let reader: Person
	beforeAll(async () => {
		;[launched, postern] = await Promise.all([launchBrowser(), startPostern()])
		await setUpByProgram(postern)
		reader = await meet(launched, postern.origin, { language })
		await signIn(reader)
	})
	afterAll(async () => {
		await launched.close()
		await postern.stop()
	})

	const picturesShown = async (): Promise<(string | null)[]> => {
		const pictures = reader.page.getByRole('main').getByRole('img').and(reader.page.locator('img'))
		await pictures.first().waitFor()
		for (const picture of await pictures.all()) {
			await picture.scrollIntoViewIfNeeded()
			await expect.poll(() => picture.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(WIDTH)
		}
		return Promise.all((await pictures.all()).map((picture) => picture.getAttribute('src')))
	}
	const addressOf = (step: (typeof journeySteps)[number]) => `/help/wordpress/${pictureOf(step, language)}`

	it('sees on the help page a picture of every step, in order', async () => {
		await reader.page.goto(`${postern.origin}/help/wordpress-application-password`)
		await arriveAt(reader, reader.says.help.connecting.title)
		const withWords = ['log-in', 'profile'] // their words say it all
		const wanted = journeySteps.filter((step) => !withWords.includes(step)).map(addressOf)
		expect(await picturesShown()).toEqual(wanted)
	})

	it('sees beside the form the five pictures of WordPress, in order', async () => {
		await reader.page.goto(`${postern.origin}/connectors/new?type=wordpress-app`)
		await arriveAt(reader, reader.says.connectors.authentication.title)
		const inWordPress = journeySteps.slice(journeySteps.indexOf('log-in'), journeySteps.indexOf('step-8'))
		expect(await picturesShown()).toEqual(inWordPress.map(addressOf))
	})
})
