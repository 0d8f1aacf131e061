import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { problemText } from '@postern/vocabulary'
import { launchBrowser, type TestBrowser } from '../scripts/testing/browser.ts'
import { founder, setUpByProgram } from './testing/founder.ts'
import { arriveAt, meet, openAccountMenu, signIn, type Person } from './testing/person.ts'
import { startPostern, type Postern } from './testing/start-postern.ts'
import { texts } from './testing/texts.ts'

const code = 'account/username-malformed'
const titles = { en: problemText(code, {}, 'en').title, ja: problemText(code, {}, 'ja').title }

/** Each promise builds on the one before. */
describe('the language of the screens', () => {
	let launched: TestBrowser
	let postern: Postern
	let ada: Person
	const scripts: Promise<string>[] = []
	beforeAll(async () => {
		;[launched, postern] = await Promise.all([launchBrowser(), startPostern()])
		await setUpByProgram(postern)
		ada = await meet(launched, postern.origin)
		ada.page.on('response', (response) => {
			if (new URL(response.url()).pathname.endsWith('.js')) scripts.push(response.text())
		})
		await signIn(ada)
		await ada.page.goto(`${ada.origin}/problems/${code}`)
		await arriveAt(ada, titles.en)
	})
	afterAll(async () => {
		await launched.close()
		await postern.stop()
	})

	const language = () => ada.page.locator('html').getAttribute('lang')
	const choose = async (name: string) => {
		await openAccountMenu({ ...ada, says: texts[(await language()) === 'ja' ? 'ja' : 'en'] }, founder.username)
		await ada.page.getByRole('menuitem', { name, exact: true }).click()
	}

	it('is the only one whose sentences a browser loads', async () => {
		const loaded = (await Promise.all(scripts)).join('')
		expect(loaded).toContain(titles.en)
		expect(loaded).not.toContain(titles.ja)
	})

	it('stays as it is while another cannot be loaded, says why, and comes with the next load', async () => {
		await ada.context.setOffline(true)
		await choose(texts.en.shell.languages.ja)
		await ada.page
			.getByRole('alert')
			.getByText(problemText('postern/unreachable', {}, 'en').title)
			.waitFor()
		expect(await language()).toBe('en')
		await ada.context.setOffline(false)
		await ada.page.reload()
		await arriveAt(ada, titles.ja)
		expect(await language()).toBe('ja')
	})

	it('changes without a new page, and is remembered', async () => {
		await choose(texts.ja.shell.languages.en)
		await arriveAt(ada, titles.en)
		expect(await language()).toBe('en')
		await ada.page.reload()
		await arriveAt(ada, titles.en)
	})
})
