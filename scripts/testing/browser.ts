import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { chromium, type Browser, type BrowserContext, type BrowserContextOptions } from 'playwright-core'
import { runCommand } from './run-command.ts'
import { cached } from './test-cache.ts'

export type BrowserOptions = {
	readonly locale?: 'en-US' | 'ja-JP'
	readonly colorScheme?: 'light' | 'dark'
	readonly viewport?: { readonly width: number; readonly height: number }
	/** Sites of a test may show certificates that nobody vouches for. */
	readonly ignoreHTTPSErrors?: boolean
}

export type TestBrowser = {
	readonly browser: Browser
	/** As asked for; `openContext` makes another one, with cookies and storage of its own. */
	readonly context: BrowserContext
	openContext(options?: BrowserOptions): Promise<BrowserContext>
	close(): Promise<void>
}

const WAIT_MS = 30_000
const MACHINES_OWN = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']

/** Nothing but this machine has a name, so that no page, extension or updater talks to the outside. */
const ONLY_THIS_MACHINE = 'MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1, EXCLUDE [::1], EXCLUDE *.localhost'

/** Starts a browser without a window: the machine's Chromium, else the one from npm. It ends with this process at the latest. */
export async function launchBrowser(options: BrowserOptions = {}): Promise<TestBrowser> {
	const found = await findBrowser()
	const browser = await chromium.launch({
		executablePath: found.path,
		env: { ...process.env, ...found.env },
		args: [
			`--host-resolver-rules=${ONLY_THIS_MACHINE}`,
			'--font-render-hinting=none',
			'--disable-domain-reliability',
			'--no-pings',
		],
	})
	const openContext = async (wanted: BrowserOptions = {}): Promise<BrowserContext> => {
		const context = await browser.newContext({ ...contextDefaults, ...wanted })
		context.setDefaultTimeout(WAIT_MS)
		return context
	}
	const context = await openContext(options)
	return { browser, context, openContext, close: () => browser.close() }
}

const contextDefaults: BrowserContextOptions = {
	locale: 'en-US',
	colorScheme: 'light',
	viewport: { width: 1280, height: 800 },
	timezoneId: 'UTC',
	reducedMotion: 'reduce',
}

type FoundBrowser = { readonly path: string; readonly env: Readonly<Record<string, string>> }

async function findBrowser(): Promise<FoundBrowser> {
	const own = MACHINES_OWN.find((path) => existsSync(path))
	if (own !== undefined) return { path: own, env: {} }
	const folder = await cached(`chromium-${await packedVersion()}`, unpackChromium)
	const path = join(folder, 'chromium')
	await requireLibraries(path)
	// It brings a few Latin fonts, for machines without any.
	const env = existsSync('/etc/fonts/fonts.conf') ? {} : { FONTCONFIG_PATH: join(folder, 'fonts') }
	return { path, env }
}

const packedChromium = import.meta.resolve('@sparticuz/chromium')

async function packedVersion(): Promise<string> {
	const manifest: { version: string } = JSON.parse(await readFile(new URL('../package.json', packedChromium), 'utf8'))
	return manifest.version
}

/** The package unpacks into the folder for temporary files, and takes a half-written file of another process for its own. */
async function unpackChromium(folder: string): Promise<void> {
	const code = `
		process.env.TMPDIR = ${JSON.stringify(folder)}
		const { default: chromium } = await import(${JSON.stringify(packedChromium)})
		await chromium.executablePath()
	`
	await runCommand(process.execPath, ['--input-type=module', '--eval', code])
}

/** Fails by name, where the browser itself would only not start. */
async function requireLibraries(path: string): Promise<void> {
	const libraries = await runCommand('ldd', [path]).catch(() => '') // without ldd the browser has to say it
	const missing = libraries.split('\n').filter((line) => line.includes('not found'))
	if (missing.length === 0) return
	const names = missing.map((line) => line.trim().split(' ')[0]).join(', ')
	throw new Error(`The browser for the tests needs ${names}, which this machine lacks. apt-get install libnss3`)
}
