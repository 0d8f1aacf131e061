import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { launchBrowser, type TestBrowser } from './browser.ts'
import { requireJapaneseFont } from './japanese-font.ts'

describe('the browser of the tests', () => {
	let launched: TestBrowser
	beforeAll(async () => {
		launched = await launchBrowser({ locale: 'ja-JP', colorScheme: 'dark', viewport: { width: 400, height: 700 } })
	}, 120_000)
	afterAll(() => launched.close())

	it('is the browser of a person in Japan who likes it dark, on a narrow screen', async () => {
		const page = await launched.context.newPage()
		const seen = await page.evaluate(() => ({
			language: navigator.language,
			isDark: matchMedia('(prefers-color-scheme: dark)').matches,
			width: innerWidth,
		}))
		expect(seen).toEqual({ language: 'ja-JP', isDark: true, width: 400 })
	})

	it('shows Japanese as characters, not as boxes', async () => {
		await requireJapaneseFont()
		const page = await launched.context.newPage()
		// Boxes look alike, whatever they stand for.
		const pictures = await page.evaluate(() =>
			['門', '裏', 'か'].map((character) => {
				const canvas = document.createElement('canvas')
				const drawing = canvas.getContext('2d')
				if (drawing === null) throw new Error('no canvas')
				drawing.font = '60px system-ui'
				drawing.fillText(character, 20, 80)
				return canvas.toDataURL()
			}),
		)
		expect(new Set(pictures).size).toBe(3)
	})

	it('reaches nothing but this machine', async () => {
		const page = await launched.context.newPage()
		await expect(page.goto('http://example.com/')).rejects.toThrow('ERR_NAME_NOT_RESOLVED')
	})

	it('keeps the cookies of one context from another', async () => {
		await launched.context.addCookies([{ name: 'a', value: 'b', url: 'http://localhost/' }])
		const other = await launched.openContext()
		expect(await other.cookies()).toEqual([])
	})
})
