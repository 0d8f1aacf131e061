import type { Language } from '@postern/vocabulary'
import type { BrowserContext, Locator, Page } from 'playwright-core'
import type { BrowserOptions, TestBrowser } from '../../scripts/testing/browser.ts'
import { founder } from './founder.ts'
import { watchContext } from './open-pages.ts'
import { fill, texts, type Texts } from './texts.ts'

/** Somebody in front of a browser, and what the screens say in their language. */
export type Person = {
	readonly origin: string
	readonly context: BrowserContext
	readonly page: Page
	readonly says: Texts
}

const locales = { en: 'en-US', ja: 'ja-JP' } as const

type PersonOptions = Omit<BrowserOptions, 'locale'> & { readonly language?: Language }

/** Opens a browser of their own: no cookies, the language of their system. */
export async function meet(launched: TestBrowser, origin: string, options: PersonOptions = {}): Promise<Person> {
	const { language = 'en', ...others } = options
	const context = await launched.openContext({ ...others, locale: locales[language] })
	watchContext(context)
	return { origin, context, page: await context.newPage(), says: texts[language] }
}

function heading({ page }: Person, name: string): Locator {
	return page.getByRole('heading', { level: 1, name, exact: true })
}

export async function arriveAt(person: Person, title: string): Promise<void> {
	await heading(person, title).waitFor()
}

export function button({ page }: Pick<Person, 'page'>, name: string): Locator {
	return page.getByRole('button', { name, exact: true })
}

export function field({ page }: Pick<Person, 'page'>, label: string): Locator {
	return page.getByRole('textbox', { name: label, exact: true })
}

export async function goTo(person: Person, place: keyof Texts['shell']['nav']): Promise<void> {
	const { nav, navigation } = person.says.shell
	const links = person.page.getByRole('navigation', { name: navigation })
	await links.getByRole('link', { name: nav[place], exact: true }).click()
}

type NewAccount = { readonly email: string; readonly username: string; readonly password: string }

export async function fillNewAccount(person: Person, account: NewAccount): Promise<void> {
	const { entrance } = person.says
	await field(person, entrance.email).fill(account.email)
	await field(person, entrance.username).fill(account.username)
	await field(person, entrance.password).fill(account.password)
}

/** The first visit to an empty installation. */
export async function setUp(person: Person): Promise<void> {
	const { entrance, dashboard } = person.says
	await person.page.goto(person.origin)
	await arriveAt(person, entrance.setup.title)
	await fillNewAccount(person, founder)
	await field(person, entrance.setup.workspaceName).fill(founder.workspaceName)
	await button(person, entrance.setup.submit).click()
	await arriveAt(person, dashboard.title)
}

type Login = { readonly username: string; readonly password: string }

export async function fillSignIn(person: Person, { username, password }: Login): Promise<void> {
	const { entrance } = person.says
	await arriveAt(person, entrance.signIn.title)
	await field(person, entrance.signIn.username).fill(username)
	await field(person, entrance.password).fill(password)
	await button(person, entrance.signIn.submit).click()
}

export async function signIn(person: Person, login: Login = founder): Promise<void> {
	await person.page.goto(`${person.origin}/sign-in`)
	await fillSignIn(person, login)
	await arriveAt(person, person.says.dashboard.title)
}

export async function openAccountMenu(person: Person, username: string): Promise<void> {
	await button(person, fill(person.says.shell.menu.accountOf, { name: username })).click()
}

export async function signOut(person: Person, username: string): Promise<void> {
	const { shell, entrance } = person.says
	await openAccountMenu(person, username)
	await person.page.getByRole('menuitem', { name: shell.menu.signOut, exact: true }).click()
	await arriveAt(person, entrance.signIn.title)
}
