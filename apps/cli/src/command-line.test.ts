import { createEgress } from '@postern/egress'
import { testAuthority } from '@postern/egress/testing/certificates'
import { Secret } from '@postern/vocabulary'
import { openSite, type ZooSite, zooNames, zooSites } from '@postern/wp-client/testing/zoo-sites'
import { describe, expect, it, onTestFinished } from 'vitest'
import { runCommandLine } from './command-line.ts'

type Typed = { readonly environment?: Readonly<Record<string, string>>; readonly secrets?: readonly string[] }

async function run(args: readonly string[], { environment = {}, secrets = [] }: Typed = {}) {
	const said: string[] = []
	const complained: string[] = []
	const questions: string[] = []
	const waiting = [...secrets]
	const status = await runCommandLine(args, {
		environment,
		terminal: {
			say: (text) => void said.push(text),
			complain: (text) => void complained.push(text),
			askSecret: (question) => {
				questions.push(question)
				const next = waiting.shift()
				return Promise.resolve(next === undefined ? undefined : new Secret(next))
			},
		},
		openEgress: (options) =>
			createEgress({
				...options,
				ca: testAuthority,
				resolve: (host) => {
					const address = zooNames[host] ?? '127.0.0.1'
					return address === '' ? Promise.reject(new Error('ENOTFOUND')) : Promise.resolve([{ address, family: 4 }])
				},
			}),
	})
	return { status, said: said.join('\n'), complained: complained.join('\n'), questions }
}

function animal(row: string, behaviour = ''): ZooSite {
	const found = zooSites.find((site) => site.row === row && site.behaviour.includes(behaviour))
	if (found === undefined) throw new Error(`${row} is not in the zoo`)
	return found
}

/** The doctor at a site of the zoo. */
async function examine(site: ZooSite, more: readonly string[] = [], typed: Typed = {}) {
	const { address, enclosure, close, ...login } = await openSite(site)
	onTestFinished(close)
	const allowed = `127.0.0.1:${enclosure.httpPort},127.0.0.1:${enclosure.httpsPort}`
	const ran = await run(['doctor', address, '--allow-private', allowed, ...more], {
		secrets: [login.password],
		...typed,
	})
	return { ...ran, visits: enclosure.visits, login }
}

const user = ['--user', 'yuki', '--lang', 'en']

describe('postern doctor', () => {
	it('says rung by rung what it found, and that all is well', async () => {
		const { status, said, questions } = await examine(animal('Z1'), user)
		expect(status).toBe(0)
		expect(said).toMatch(/^✓ Address \(\d+ ms\)\n✓ Secure connection .*\n✓ WordPress .*\n✓ API .*\n/)
		expect(said).toContain('✓ Permissions')
		expect(said).toContain('Account: Yuki (yuki, author)')
		expect(said).toMatch(/GET https:\/\/blog\.example:\d+\/wp-json\/wp\/v2\/users\/me.* → 200 .*with the login/)
		expect(questions).toEqual(['Application password of yuki'])
	})

	it('leaves a private address to whoever runs Postern', async () => {
		const { status, said } = await run(['doctor', 'http://127.0.0.1:8099/', '--lang', 'en'])
		expect(said).toContain('address/blocked')
		expect(status).toBe(3)
	})

	it('looks at a site without a login, and says what is left to try', async () => {
		const { status, said, questions, visits } = await examine(animal('Z1'), ['--lang', 'en'])
		expect([status, questions]).toEqual([0, []])
		expect(said).toContain('Give --user to try the login as well.')
		expect(visits.some(({ headers }) => headers.authorization !== undefined)).toBe(false)
	})

	it('names the cause, how certain it is, who can fix it, and what to do', async () => {
		const { status, said } = await examine(animal('Z12'), user)
		expect(status).toBe(4)
		expect(said).toContain('✗ The web server of blog.example')
		expect(said).toContain('(certain)')
		expect(said).toContain('Who can fix it: the host of the site')
		expect(said).toContain('  site-credential/header-stripped')
		expect(said).toContain('  1. In WordPress, open Settings → Permalinks')
		expect(said).toMatch(/POST https:\/\/blog\.example:\d+\/xmlrpc\.php → 200/)
	})

	it.each([
		['Z15', 2],
		['Z18', 4],
		['Z44', 2],
		['Z47', 4],
	] as const)('ends with a status that says who can put %s right', async (row, status) => {
		const names = row === 'Z44' ? 'no such name' : ''
		const site = animal(row, names)
		expect((await examine(site, user, { secrets: ['zzzz 1Nnt pxwX FbGR PkA3 0sfq'] })).status).toBe(status)
	})

	it('speaks Japanese when asked, or where the machine does', async () => {
		expect((await examine(animal('Z12'), ['--user', 'yuki', '--lang', 'ja'])).said).toContain(
			'対処できる人: サイトのホスティング会社',
		)
		const environment = { LANG: 'ja_JP.UTF-8' }
		expect((await examine(animal('Z51'), [], { environment })).said).toContain('対処方法')
	})

	it('tells programs the same as JSON, and nothing else', async () => {
		const { said, status } = await examine(animal('Z12'), [...user, '--json'])
		expect(JSON.parse(said)).toMatchObject({
			ok: false,
			code: 'site-credential/header-stripped',
			certainty: 'sure',
			rung: 'login',
			fixedBy: 'host',
			exitStatus: status,
			rungs: expect.arrayContaining([expect.objectContaining({ rung: 'login', state: 'failed' })]),
			requests: 4,
			evidence: expect.arrayContaining([expect.objectContaining({ step: 'xml-rpc', withCredentials: true })]),
		})
	})

	it('never writes a password, not even of a site that repeats it', async () => {
		const { password } = (await examine(animal('Z1'), user)).login
		const echo: ZooSite = { ...animal('Z1'), traits: { user: { name: `I am ${password}` } } }
		for (const more of [[], ['--json']]) {
			const { said, complained } = await examine(echo, [...user, ...more])
			expect(said + complained).not.toContain(password)
			expect(said).toContain('[secret]')
		}
	})

	it('takes the password from its variable, and asks nobody', async () => {
		const environment = { POSTERN_SITE_PASSWORD: 'H5wW 1Nnt pxwX FbGR PkA3 0sfq' }
		const { status, questions } = await examine(animal('Z1'), user, { environment, secrets: [] })
		expect([status, questions]).toEqual([0, []])
	})

	it('asks nothing of the site when no password comes', async () => {
		const { status, complained, visits } = await examine(animal('Z1'), user, { secrets: [] })
		expect([status, visits]).toEqual([2, []])
		expect(complained).toContain('POSTERN_SITE_PASSWORD')
	})

	it('reaches a private address only when it is allowed', async () => {
		const { status, said } = await run(['doctor', 'http://127.0.0.1:8080', '--lang', 'en'])
		expect(status).toBe(3)
		expect(said).toContain('POSTERN_ALLOW_PRIVATE=127.0.0.1:8080')
	})

	it('tries a draft when asked, and names the firewall that keeps it out', async () => {
		const { status, said } = await examine(animal('Z37', 'only what posts'), [...user, '--try-draft'])
		expect(status).toBe(4)
		expect(said).toContain('  site/content-blocked')
		const fine = await examine(animal('Z37', 'no firewall'), [...user, '--try-draft'])
		expect(fine.status).toBe(0)
		expect(fine.said).toContain('A draft was written, read back and deleted.')
	})

	it('goes through a staging login over XML-RPC, and asks for both passwords', async () => {
		const { status, said, questions } = await examine(
			animal('Z27'),
			[...user, '--edge-user', 'preview', '--transport', 'xml-rpc'],
			{ secrets: ['H5wW 1Nnt pxwX FbGR PkA3 0sfq', 'of the new site'] },
		)
		expect(questions).toEqual(['Application password of yuki', 'Staging password of preview'])
		expect([status, said]).toEqual([0, expect.stringContaining('(yuki, author)')])
		expect(said).not.toContain('of the new site')
	})

	it('shows the certificate that a pin would trust', async () => {
		const { said } = await examine(animal('Z43', 'self_signed'), ['--lang', 'en'])
		const pin = /--pin ([0-9a-f]{64})/.exec(said)?.[1] ?? ''
		expect(pin).toHaveLength(64)
		const pinned = await examine(animal('Z43', 'self_signed'), [...user, '--pin', pin.toUpperCase()])
		expect(pinned.status).toBe(0)
		const expired = await examine(animal('Z43', 'expired'), ['--lang', 'en'])
		expect(expired.said).toContain('tls/expired')
		expect(expired.said).not.toContain('--pin')
	})

	it.each([
		[['--pin', 'abc'], '--pin'],
		[['--timeout', '0'], '--timeout'],
		[['--transport', 'smtp'], '--transport'],
		[['--lang', 'fr'], '--lang'],
		[['--pasword', 'x'], 'There is no option “--pasword”'],
		[['--allow-private', '::/0'], 'start/configuration'],
	])('refuses %j by its name', async (more, words) => {
		const { status, complained } = await run(['doctor', 'blog.example', ...more])
		expect(complained).toContain(words)
		expect(status).toBeGreaterThanOrEqual(2)
	})

	it('names itself to the site as POSTERN_USER_AGENT says, if that can be sent', async () => {
		const named = await examine(animal('Z1'), ['--lang', 'en'], { environment: { POSTERN_USER_AGENT: 'Example/1.0' } })
		expect(new Set(named.visits.map(({ headers }) => headers['user-agent']))).toEqual(new Set(['Example/1.0']))
		const broken = await run(['doctor', 'blog.example'], { environment: { POSTERN_USER_AGENT: 'a\nb' } })
		expect([broken.status, broken.complained]).toEqual([3, expect.stringContaining('POSTERN_USER_AGENT')])
	})

	it('says how it is used', async () => {
		expect(await run(['doctor', '--help'])).toMatchObject({ status: 0, said: expect.stringContaining('--edge-user') })
		expect(await run(['doctor'])).toMatchObject({ status: 2, complained: expect.stringContaining('ADDRESS') })
		expect((await run(['doctr', 'blog.example'])).status).toBe(2)
	})
})
