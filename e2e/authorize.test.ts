import type { APIRequestContext, APIResponse, BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { authorizeTexts } from '@postern/app-passwords/authorize'
import { contract } from '@postern/api/contract'
import { launchBrowser, type TestBrowser } from '../scripts/testing/browser.ts'
import serverTexts from '../apps/server/src/http/authorize/texts/en.json' with { type: 'json' }
import { ageProofs } from './testing/age-proofs.ts'
import { addAuthenticator } from './testing/authenticator.ts'
import { startCallbackServer, type CallbackServer } from './testing/callback-server.ts'
import { founder, setUpByProgram, type Founder } from './testing/founder.ts'
import { watchContext } from './testing/open-pages.ts'
import { arriveAt, button, field, fillSignIn, meet, signIn, type Person } from './testing/person.ts'
import { startPostern, type Postern } from './testing/start-postern.ts'
import { totpOf } from './testing/totp.ts'
import { watchPage } from './testing/watch-page.ts'

const says = authorizeTexts.en.ask
const { shown, refused } = authorizeTexts.en

describe('an application asks for a password', () => {
	let launched: TestBrowser
	let postern: Postern
	let ada: Person
	let program: Founder
	let application: CallbackServer

	beforeAll(async () => {
		;[launched, postern, application] = await Promise.all([launchBrowser(), startPostern(), startCallbackServer()])
		program = await setUpByProgram(postern)
		ada = await meet(launched, postern.origin)
		await signIn(ada)
	})
	afterAll(async () => {
		application.close()
		await launched.close()
		await postern.stop()
	})
	beforeEach(() => void (application.received.length = 0))

	const addressOf = (asked: Record<string, string>) =>
		`${postern.origin}/wp-admin/authorize-application.php?${new URLSearchParams(asked)}`
	const names = async () => {
		const me = await program.client.call(contract.getMe, {})
		const memberId = (me.ok && me.value.memberships[0]?.memberId) || ''
		const { workspaceId } = program
		const listed = await program.client.call(contract.listApplicationPasswords, { workspaceId, memberId })
		return listed.ok ? listed.value.applicationPasswords.map(({ name }) => name) : []
	}

	/** Another window of the same person, with scripts or without. */
	async function openWindow(hasScripts: boolean): Promise<{ context: BrowserContext; page: Page }> {
		const context = await launched.browser.newContext({
			javaScriptEnabled: hasScripts,
			storageState: await ada.context.storageState(),
		})
		context.setDefaultTimeout(30_000)
		watchContext(context)
		return { context, page: await context.newPage() }
	}

	async function read(page: Page, asked: Record<string, string>): Promise<void> {
		await page.goto(addressOf(asked))
		await page.getByRole('button', { name: says.approve }).waitFor()
		// Nobody reads faster; without scripts nothing but the server knows.
		await page.waitForTimeout(750)
	}
	/** Asks and approves in one breath, as a program in the place of a person would. */
	async function pressAtOnce(as: APIRequestContext, name: string): Promise<APIResponse> {
		const page = await (await as.get(addressOf({ app_name: name }))).text()
		const kept = [...page.matchAll(/name="(request_id|_wpnonce)" value="([^"]+)"/g)].map(([, key = '', value = '']) => [
			key,
			value,
		])
		return as.post(addressOf({}).slice(0, -1), {
			headers: { 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': 'same-origin' },
			data: String(new URLSearchParams([...kept, ['app_name', name], ['approve', '1']])),
		})
	}
	const approve = (page: Page) => page.getByRole('button', { name: says.approve }).click()
	const reject = (page: Page) => page.getByRole('button', { name: says.reject }).click()

	async function askWhoAmI(user: string, password: string): Promise<{ status: number; slug?: unknown }> {
		const basic = Buffer.from(`${user}:${password}`).toString('base64')
		const answer = await fetch(`${postern.origin}/wp-json/wp/v2/users/me`, {
			headers: { authorization: `Basic ${basic}` },
		})
		const body: { slug?: unknown } = await answer.json()
		return { status: answer.status, slug: body.slug }
	}

	describe.each([
		['with JavaScript', true],
		['without JavaScript', false],
	])('%s', (_, hasScripts) => {
		let context: BrowserContext
		let page: Page
		beforeEach(async () => void ({ context, page } = await openWindow(hasScripts)))
		afterEach(() => context.close())

		const success = () => ({ success_url: `${application.url}/cb?state=a%20b` })
		const rejection = () => ({ reject_url: `${application.url}/no?why=1` })

		it('#171 #173 approved with a success_url: the application gets what works at once', async () => {
			for (const asked of [success(), { ...success(), ...rejection() }]) {
				application.received.length = 0
				await read(page, { app_name: 'Garden planner', ...asked })
				await approve(page)
				await page.getByRole('heading', { name: 'Back in the application' }).waitFor()
				const [got] = application.received
				expect([got?.method, got?.path, got?.referer]).toEqual(['GET', '/cb', undefined])
				expect([...(got?.query.keys() ?? [])]).toEqual(['state', 'site_url', 'user_login', 'password'])
				expect([got?.query.get('state'), got?.query.get('site_url')]).toEqual(['a b', postern.origin])
				const password = got?.query.get('password') ?? ''
				expect(password).toMatch(/^[A-Za-z0-9]{24}$/)
				expect(await askWhoAmI(got?.query.get('user_login') ?? '', password)).toEqual({
					status: 200,
					slug: founder.username,
				})
			}
		})

		it('#172 approved without a success_url: the password stands on the page, once', async () => {
			for (const asked of [{}, rejection()]) {
				await read(page, { app_name: 'Terminal', ...asked })
				await approve(page)
				const box = page.getByLabel(shown.label)
				await box.waitFor()
				const password = await box.inputValue()
				expect(password).toMatch(/^(\w{4} ){5}\w{4}$/)
				expect((await askWhoAmI(founder.username, password)).status).toBe(200)
				await page.getByRole('link', { name: shown.done }).click()
				await expect.poll(() => new URL(page.url()).pathname).toBe('/')
				expect(application.received).toEqual([])
			}
		})

		it.each([
			['nothing', () => ({}), undefined],
			['success_url', success, '/cb?state=a%20b&success=false'],
			['reject_url', rejection, '/no?why=1'],
			['both', () => ({ ...success(), ...rejection() }), '/no?why=1'],
		])('#170 rejected with %s: leads where WordPress does, and nothing is made', async (_sent, asked, to) => {
			const before = await names()
			await read(page, { app_name: 'Rejected', ...asked() })
			await reject(page)
			const wanted = to === undefined ? `${postern.origin}/` : application.url + to
			await expect.poll(() => page.url()).toBe(wanted)
			expect(await names()).toEqual(before)
		})

		it('#177 asks for a name where it was emptied', async () => {
			const before = await names()
			await read(page, { app_name: 'App', ...success() })
			await page.getByLabel(says.name).fill('   ')
			await approve(page)
			await page.getByRole('alert').getByText(authorizeTexts.en.faults.empty).waitFor()
			expect(await page.getByLabel(says.name).getAttribute('aria-invalid')).toBe('true')
			expect(await names()).toEqual(before)
		})

		it('gives only what was ticked, and everything only when it is confirmed', async () => {
			await read(page, { app_name: 'Ticked', ...success(), scope: 'posts:publish media:write' })
			await page.getByRole('radio', { name: serverTexts.custom }).check()
			for (const name of ['Publish and schedule posts.', 'Upload pictures and files, and change them.'])
				await page.getByRole('checkbox', { name }).uncheck()
			await page.getByRole('checkbox', { name: 'See pictures and files.' }).check()
			await approve(page)
			await page.getByRole('heading', { name: 'Back in the application' }).waitFor()

			const before = await names()
			await read(page, { app_name: 'All of it', ...success() })
			const confirmation = page.getByRole('checkbox', { name: serverTexts.confirmEverything })
			expect(await confirmation.isVisible()).toBe(false)
			await page.getByRole('radio', { name: /^Everything/ }).check()
			await expect.poll(() => confirmation.isChecked()).toBe(false)
			await approve(page)
			await page.getByRole('alert').getByText(serverTexts.faults.everythingUnconfirmed).waitFor()
			expect(await names()).toEqual(before)
			await confirmation.check()
			await page.waitForTimeout(750)
			await approve(page)
			await page.getByRole('heading', { name: 'Back in the application' }).waitFor()
			expect(await names()).toEqual([...before, 'All of it'])
		})

		it('goes to the app of a custom scheme', async () => {
			const asked: string[] = []
			page.on('request', (request) => asked.push(request.url()))
			await read(page, { app_name: 'Phone', success_url: 'my-app://callback?x=1' })
			await page.getByText('my-app:', { exact: true }).waitFor()
			await approve(page)
			await expect.poll(() => asked.find((url) => url.startsWith('my-app:'))).toBeDefined()
			const url = new URL(asked.find((one) => one.startsWith('my-app:')) ?? '')
			expect([...url.searchParams.keys()]).toEqual(['x', 'site_url', 'user_login', 'password'])
			expect((await askWhoAmI(founder.username, url.searchParams.get('password') ?? '')).status).toBe(200)
		})

		it.each([
			'javascript:alert(document.domain)',
			'JaVaScRiPt://host/%0aalert(1)',
			' javascript:alert(1)',
			'java\tscript:alert(1)',
			'data:text/html,<script>alert(1)</script>',
			'vbscript://h/x',
			'intent://x#Intent;scheme=javascript;end',
			'//evil.example/',
			'https:evil.example',
			'https://good.example\\@evil.example/',
			'https://good.example@evil.example/',
			'https://app.example/?password=mine',
			'https://app.example/?user.login=z',
			'https://app.example/#fragment',
		])('refuses the hostile address %j, for either answer, and leads nowhere', async (url) => {
			const dialogs: string[] = []
			page.on('dialog', (dialog) => {
				dialogs.push(dialog.message())
				void dialog.dismiss()
			})
			for (const parameter of ['success_url', 'reject_url']) {
				const answer = await page.goto(addressOf({ app_name: 'App', [parameter]: url }))
				expect(answer?.status()).toBe(400)
				await page.getByRole('heading', { name: refused.invalid.title }).waitFor()
				expect(await page.getByRole('link').count()).toBe(0)
				expect(await page.getByRole('button').count()).toBe(0)
			}
			expect(dialogs).toEqual([])
		})
	})

	it('#182 makes one password, however often Approve is pressed', async () => {
		const { context, page } = await openWindow(true)
		await read(page, { app_name: 'Double', success_url: `${application.url}/cb` })
		await page.getByRole('button', { name: says.approve }).dblclick()
		await page.getByRole('heading', { name: 'Back in the application' }).waitFor()
		expect((await names()).filter((name) => name === 'Double')).toHaveLength(1)
		await context.close()

		const plain = await openWindow(false)
		await read(plain.page, { app_name: 'Twice' })
		const form = await plain.page.locator('form').evaluate((element) => {
			const data = new FormData(element as HTMLFormElement) // the locator names forms
			return [...data].flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : []))
		})
		const body = new URLSearchParams([...form, ['approve', '1']])
		const send = () =>
			plain.context.request.post(addressOf({}).slice(0, -1), {
				headers: { 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': 'same-origin' },
				data: String(body),
			})
		const statuses = (await Promise.all([send(), send()])).map((answer) => answer.status())
		expect(statuses.toSorted((one, other) => one - other)).toEqual([200, 409])
		expect((await names()).filter((name) => name === 'Twice')).toHaveLength(1)
		await plain.context.close()
	})

	it('counts no press that came before anybody could read, and none right after the window comes back', async () => {
		const { context, page } = await openWindow(true)
		for (let attempt = 0; ; attempt += 1) {
			const name = `Hasty ${attempt}`
			const begunAt = performance.now()
			const answer = await pressAtOnce(context.request, name)
			// A machine that is busy enough took its time: that was no haste.
			if (answer.status() !== 409 && performance.now() - begunAt > 600 && attempt < 100) continue
			expect(answer.status()).toBe(409)
			expect(await answer.text()).toContain(says.notYet)
			expect(await names()).not.toContain(name)
			break
		}

		await page.clock.install()
		await page.clock.pauseAt(Date.now() + 60_000)
		await page.goto(addressOf({ app_name: 'Armed' }))
		const next = page.getByRole('button', { name: says.approve })
		for (const comesIntoView of [
			() => {},
			() => void window.dispatchEvent(new Event('focus')),
			() => void document.dispatchEvent(new Event('visibilitychange')),
		]) {
			await page.evaluate(comesIntoView)
			expect(await next.isDisabled()).toBe(true)
			await page.clock.runFor(1_000)
			expect(await next.isEnabled()).toBe(true)
		}
		await context.close()
	})

	it('#179 cannot be framed, breaks no policy of its own, and asks nobody else for anything', async () => {
		const { context, page } = await openWindow(true)
		const watched = await watchPage(page, postern.origin)
		await read(page, { app_name: '<img src=x onerror=alert(1)>', success_url: 'https://app.example/cb' })
		expect(watched).toEqual({ violations: [], complaints: [], foreignRequests: [], dialogs: [] })
		await page.goto('about:blank')
		await page.setContent(`<iframe src="${addressOf({ app_name: 'Framed' })}"></iframe>`)
		await page.waitForTimeout(500)
		const frame = page.frames().find((one) => one !== page.mainFrame())
		expect(await frame?.locator('form').count()).toBe(0)
		await context.close()
	})

	it('#175 takes no form that another site sends', async () => {
		const { context, page } = await openWindow(true)
		const before = await names()
		await page.goto(`${application.url}/evil`)
		await page.evaluate(
			(action) => {
				const form = document.createElement('form')
				form.method = 'post'
				form.action = action
				for (const [name, value] of Object.entries({
					action: 'authorize_application_password',
					app_name: 'Forged',
					approve: '1',
				})) {
					const input = document.createElement('input')
					Object.assign(input, { type: 'hidden', name, value })
					form.append(input)
				}
				document.body.append(form)
				form.submit()
			},
			addressOf({}).slice(0, -1),
		)
		await page.waitForURL(/wp-(admin|login)|sign-in/)
		expect(await names()).toEqual(before)
		await context.close()
	})

	it('#167 brings a stranger back after signing in, with every parameter', async () => {
		const stranger = await meet(launched, postern.origin)
		const asked = { app_name: 'After & before', success_url: `${application.url}/cb?a=1&b=2` }
		await stranger.page.goto(addressOf(asked))
		await fillSignIn(stranger, founder)
		await stranger.page.getByRole('button', { name: says.approve }).waitFor()
		expect(stranger.page.url()).toBe(addressOf(asked))
		await expect.poll(() => stranger.page.getByLabel(says.name).inputValue()).toBe(asked.app_name)
		await expect.poll(() => button(stranger, says.approve).isEnabled()).toBe(true)
		await approve(stranger.page)
		await stranger.page.getByRole('heading', { name: 'Back in the application' }).waitFor()
		expect(application.received[0]?.query.get('b')).toBe('2')
		await stranger.context.close()
	})

	describe('when the last proof is an hour old', () => {
		let key = ''
		const recoveryCodes: string[] = []
		beforeAll(async () => {
			const { client } = program
			const started = await client.call(contract.startTwoFactor, { body: { password: founder.password } })
			if (!started.ok) throw new Error(started.problem.code)
			key = started.value.secret
			const confirmed = await client.call(contract.confirmTwoFactor, { body: { code: totpOf(key) } })
			if (!confirmed.ok) throw new Error(confirmed.problem.code)
			recoveryCodes.push(...confirmed.value.recoveryCodes)
		})

		async function signInAgain(): Promise<Person> {
			const person = await meet(launched, postern.origin)
			const { signIn: words } = person.says.entrance
			await person.page.goto(`${postern.origin}/sign-in`)
			await fillSignIn(person, founder)
			await button(person, words.use['recovery-code']).click()
			await field(person, words.recoveryCode).fill(recoveryCodes.pop() ?? '')
			await button(person, words.verify).click()
			await arriveAt(person, person.says.dashboard.title)
			return person
		}

		it('#226 wants the code of the authenticator app, in the same form, also without JavaScript', async () => {
			const person = await signInAgain()
			await ageProofs(postern)
			const context = await launched.browser.newContext({
				javaScriptEnabled: false,
				storageState: await person.context.storageState(),
			})
			const page = await context.newPage()
			await read(page, { app_name: 'Proven', success_url: `${application.url}/cb` })
			await approve(page)
			await page.getByRole('alert').getByText(serverTexts.faults.proofMissing).waitFor()
			expect(await names()).not.toContain('Proven')
			// The code of this half minute may have switched two-factor on; the next one counts already.
			await page.getByLabel(serverTexts.totp).fill(totpOf(key, Date.now() + 30_000))
			await page.waitForTimeout(750)
			await approve(page)
			await page.getByRole('heading', { name: 'Back in the application' }).waitFor()
			expect((await askWhoAmI(founder.username, application.received[0]?.query.get('password') ?? '')).status).toBe(200)
			await context.close()
			await person.context.close()
		})

		it('takes a passkey instead', async () => {
			const person = await signInAgain()
			await addAuthenticator(person.page)
			const { passkeys } = person.says.account
			await person.page.goto(`${postern.origin}/account`)
			await button(person, passkeys.add).click()
			await person.page.getByRole('textbox', { name: passkeys.name }).fill('Key')
			await button(person, passkeys.make).click()
			await person.page.getByRole('row').filter({ hasText: 'Key' }).first().waitFor()
			await ageProofs(postern)
			await person.page.goto(addressOf({ app_name: 'By passkey', success_url: `${application.url}/cb` }))
			await person.page.getByRole('button', { name: serverTexts.usePasskey }).click()
			await person.page.getByRole('button', { name: serverTexts.usePasskey }).waitFor({ state: 'detached' })
			await expect.poll(() => button(person, says.approve).isEnabled()).toBe(true)
			await approve(person.page)
			await person.page.getByRole('heading', { name: 'Back in the application' }).waitFor()
			await person.context.close()
		})
	})
})
