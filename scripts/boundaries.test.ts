import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import config from '../oxlint.config.ts'
import { root } from './steps/root.ts'

/** What a file in this place must never import, and what it may: the picture in docs/ARCHITECTURE.md, room by room. */
type Room = { readonly never: readonly string[]; readonly may: readonly string[] }

const sockets = [
	'node:net',
	'node:http',
	'node:https',
	'node:http2',
	'node:tls',
	'node:dgram',
	'node:dns',
	'undici',
	'nodemailer',
]
const addressHelpers = "import { isIP } from 'node:net'"
const database = ['kysely', 'kysely/migration', 'pg', 'node:sqlite']
const accountLibrary = [
	'better-auth',
	'better-auth/minimal',
	'@better-auth/passkey',
	'@node-rs/argon2',
	'@simplewebauthn/server',
]
const frameworks = ['hono', 'hono/body-limit', '@hono/node-server', 'express', 'fastify', 'react']
const everywhere = ['@postern/server', '@postern/web', 'node:process']
const inPackages = [...everywhere, ...database, ...accountLibrary, '../../vault/src/seal.ts', '@postern/api/contract']
/** What lies beside compose.ts joins rooms for it, whatever comes to lie there; only configuration.ts is for all. */
const joining = readdirSync(join(root, 'apps/server/src')).filter(
	(name) => /^(?!main|compose|configuration)[a-z-]+\.ts$/.test(name) && !name.includes('.test.'),
)
const inServer = [
	...everywhere,
	'../../../../packages/vault/src/index.ts',
	'../main.ts',
	...joining.map((name) => `../${name}`),
]
const vaultType = "import type { Sealed } from '@postern/vault'"

const rooms: Readonly<Record<string, Room>> = {
	'packages/vocabulary/src': {
		never: [...inPackages, ...sockets, '@postern/vocabulary', '@postern/wordpress', '@postern/vault'],
		may: ['./result.ts', addressHelpers],
	},
	'packages/wordpress/src': {
		never: [...inPackages, ...sockets, '@postern/vault', '@postern/wp-client', '@postern/egress'],
		may: ['@postern/vocabulary', 'saxes', './xml.ts'],
	},
	'packages/wp-client/src': {
		never: [...inPackages, ...sockets, '@postern/egress', '@postern/vault'],
		may: ['@postern/vocabulary', '@postern/wordpress', 'zod/mini', addressHelpers],
	},
	'packages/app-passwords/src': {
		never: [...inPackages, ...sockets, ...frameworks, '@postern/vault', '@postern/egress', '@postern/wp-client'],
		may: [
			'@postern/vocabulary',
			'@postern/wordpress',
			'node:crypto',
			'./http/handler.ts',
			addressHelpers,
			"import type { IncomingMessage } from 'node:http'",
		],
	},
	'packages/app-passwords/src/sql': {
		never: [...database, '../../../vault/src/seal.ts', 'express'],
		may: ['../types.ts', './sql-dialect.ts'],
	},
	'packages/vault/src': {
		never: [...inPackages, ...sockets, '@postern/wp-client'],
		may: ['@postern/vocabulary', 'node:crypto'],
	},
	'packages/api/src': {
		never: [...everywhere, ...database, ...accountLibrary, ...sockets, '@postern/vault'],
		may: ['@postern/vocabulary', 'zod/mini'],
	},
	'packages/egress/src': {
		never: [...inPackages, '@postern/vault', '@postern/wp-client'],
		may: ['@postern/vocabulary', ...sockets],
	},
	'apps/server/src/http': {
		never: [
			...inServer,
			...accountLibrary,
			...database,
			'node:https',
			'undici',
			'@postern/vault',
			'../operate/recover.ts',
			'../compose.ts',
			"import { request } from 'node:http'",
		],
		may: [
			'hono',
			'@postern/api/contract',
			'../flows/connect.ts',
			'../access/open.ts',
			'../store/connectors.ts',
			"import { createServer } from 'node:http'",
			"import type { Socket } from 'node:net'",
		],
	},
	'apps/server/src/http/authorize': {
		never: [
			...joining.map((name) => `../../${name}`),
			...accountLibrary,
			...database,
			'../../compose.ts',
			'../../operate/recover.ts',
			'@postern/vault',
			'undici',
		],
		may: [
			'@postern/app-passwords',
			'@postern/api/contract',
			'../../configuration.ts',
			'../../flows/answer-application.ts',
			'../../accounts/sessions.ts',
			'../request-context.ts',
		],
	},
	'apps/server/src/gateway': {
		never: [
			...inServer,
			...accountLibrary,
			...database,
			...sockets,
			'@postern/vault',
			'hono',
			'../compose.ts',
			'../http/api.ts',
			'../operate/recover.ts',
		],
		may: [
			'@postern/policy',
			'@postern/app-passwords',
			'../access/settle.ts',
			'../configuration.ts',
			'../wire/gateway-address.ts',
			'../store/store.ts',
			'../wire/client-address.ts',
			vaultType,
			"import type { IncomingMessage } from 'node:http'",
			"import type { Egress } from '@postern/egress'",
		],
	},
	'apps/server/src/operate': {
		never: [...inServer, ...accountLibrary, ...database, ...sockets, '@postern/vault', '../http/api.ts'],
		may: ['../compose.ts', '../flows/connect.ts', '../accounts/recover.ts', '../store/accounts.ts'],
	},
	'apps/server/src/jobs': {
		never: [
			...inServer,
			...accountLibrary,
			...database,
			...sockets,
			'@postern/vault',
			'../http/api.ts',
			'../gateway/gateway.ts',
			'../compose.ts',
		],
		may: ['../flows/check-connector.ts', '../store/job/jobs.ts', '../probe/prober.ts'],
	},
	'apps/server/src/probe': {
		never: [
			...inServer,
			...accountLibrary,
			...database,
			...sockets,
			'@postern/vault',
			vaultType,
			'@postern/policy',
			'@postern/app-passwords',
			'../access/visit-site.ts',
			'../accounts/sessions.ts',
			'../store/store.ts',
			"import type { Store } from '../store/store.ts'",
			'../store/connector/reach.ts',
			'../flows/check-connector.ts',
			'../jobs/job-runner.ts',
			'../compose.ts',
		],
		may: [
			'@postern/egress',
			'@postern/wp-client',
			'@postern/vocabulary',
			'@postern/wordpress',
			'../connectors/registry.ts',
			'../connectors/prove-connection.ts',
			'node:child_process',
		],
	},
	'apps/server/src/flows': {
		never: [
			...inServer,
			...accountLibrary,
			...database,
			...sockets,
			'../http/api.ts',
			'../operate/recover.ts',
			'../compose.ts',
		],
		may: [
			'@postern/vault',
			'../access/open.ts',
			'../accounts/sessions.ts',
			'../connectors/registry.ts',
			"import type { Prove } from '../probe/prober.ts'",
			'../store/drafts.ts',
		],
	},
	'apps/server/src/access': {
		never: [
			...inServer,
			...accountLibrary,
			...database,
			...sockets,
			'../flows/connect.ts',
			'../accounts/sessions.ts',
			'../connectors/registry.ts',
			'../probe/prober.ts',
			'../http/api.ts',
			'../compose.ts',
		],
		may: ['@postern/vault', '@postern/egress', '../store/audit.ts'],
	},
	'apps/server/src/accounts': {
		never: [
			...inServer,
			...database,
			...sockets,
			'@postern/vault',
			'../access/open.ts',
			'../connectors/registry.ts',
			'../flows/connect.ts',
			'../http/api.ts',
			'../compose.ts',
		],
		may: [...accountLibrary, '../store/accounts.ts', "import type { Kysely } from 'kysely'"],
	},
	'apps/server/src/connectors': {
		never: [
			...inServer,
			...accountLibrary,
			...database,
			...sockets,
			'@postern/vault',
			'../access/open.ts',
			'../accounts/sessions.ts',
			'../flows/connect.ts',
		],
		may: ['@postern/wp-client', '@postern/wordpress', '../store/connectors.ts'],
	},
	'apps/server/src/connectors/wordpress': {
		never: ['../../accounts/sessions.ts', '../../flows/connect.ts', '../../compose.ts', 'undici'],
		may: ['@postern/wp-client', '../registry.ts'],
	},
	'apps/server/src/store': {
		never: [
			...inServer,
			...accountLibrary,
			...sockets,
			'@postern/vault',
			'../access/open.ts',
			'../accounts/sessions.ts',
			'../connectors/registry.ts',
			'../flows/connect.ts',
			'../http/api.ts',
			'../operate/recover.ts',
			'../compose.ts',
		],
		may: [...database, '../configuration.ts', vaultType],
	},
	'apps/server/src/store/application-password': {
		never: [
			...joining.map((name) => `../../${name}`),
			...accountLibrary,
			...sockets,
			'../../compose.ts',
			'../../flows/application-passwords.ts',
			'../../http/documents.ts',
		],
		may: [...database, '@postern/app-passwords', '../audit.ts', './use-journal.ts'],
	},
	'apps/server/src': {
		never: [...everywhere, ...accountLibrary, ...database, ...sockets, '@postern/vault', './main.ts'],
		may: [
			'./http/listen.ts',
			'./store/open.ts',
			...joining.map((name) => `./${name}`),
			'@postern/egress',
			addressHelpers,
		],
	},
	'apps/cli/src': {
		never: [
			...everywhere,
			...database,
			...accountLibrary,
			...sockets,
			'@postern/app-passwords',
			'@postern/policy',
			'@postern/vault',
			'../../server/src/operate/main.ts',
			'./main.ts',
		],
		may: [
			'@postern/api/client',
			'@postern/egress',
			'@postern/vocabulary',
			'@postern/wordpress',
			'@postern/wp-client',
			'citty',
			addressHelpers,
		],
	},
	'apps/web/src': {
		never: [
			'@postern/server',
			'@postern/vault',
			'@postern/egress',
			'@postern/app-passwords',
			'@postern/wp-client',
			'node:fs',
			'../../server/src/main.ts',
		],
		may: ['@postern/api/client', '@postern/vocabulary', '@postern/wordpress', 'react', './ui/button.tsx'],
	},
	'examples/koa': {
		never: [
			'@postern/server',
			'@postern/api/contract',
			'@postern/egress',
			'@postern/vault',
			'@postern/wp-client',
			'../../packages/app-passwords/src/index.ts',
			'../../apps/server/src/compose.ts',
			'../../scripts/steps/root.ts',
			'../../bench/figure.ts',
		],
		may: ['@postern/app-passwords', '@postern/wordpress', ...frameworks, 'node:http', '../accounts.ts'],
	},
}

/** The other rules that hold the house: a file that breaks one, and its clean twin. */
const habits: readonly (readonly [rule: string, path: string, broken: string, clean: string])[] = [
	[
		'node(no-process-env)',
		'apps/server/src/http/planted.ts',
		'export const port = process.env.PORT',
		'export const port = 4600',
	],
	[
		'eslint(no-restricted-globals)',
		'apps/server/src/flows/planted.ts',
		"await fetch('https://a.example')",
		'await Promise.resolve()',
	],
	[
		'eslint(no-restricted-globals)',
		'apps/server/src/gateway/fetched.ts',
		"export const answer = () => fetch('https://a.example')",
		'export const answer = () => Promise.resolve()',
	],
	[
		'eslint(no-restricted-globals)',
		'apps/server/src/gateway/xml-rpc/whole.ts',
		"export const whole = new Response('x')",
		"export const whole = 'x'",
	],
	[
		'eslint(no-restricted-globals)',
		'packages/wp-client/src/planted.ts',
		"await globalThis.fetch('https://a.example')",
		'await Promise.resolve()',
	],
	[
		'eslint(no-restricted-globals)',
		'apps/web/src/journeys/planted.ts',
		"export const s = new EventSource('/x')",
		'export const s = 1',
	],
	[
		'eslint(no-restricted-properties)',
		'apps/web/src/ui/planted.ts',
		"document.body.innerHTML = 'x'",
		"document.body.textContent = 'x'",
	],
	[
		'react(no-danger)',
		'apps/web/src/ui/danger.tsx',
		"export const a = <p dangerouslySetInnerHTML={{ __html: 'x' }} />",
		'export const a = <p>x</p>',
	],
	[
		'typescript(no-explicit-any)',
		'packages/vault/src/any.ts',
		'export const a = (b: any) => b',
		'export const a = (b: unknown) => b',
	],
	[
		'typescript(no-non-null-assertion)',
		'packages/vault/src/bang.ts',
		'export const a = (b?: string) => b!.length',
		'export const a = (b?: string) => b?.length',
	],
	['import(no-default-export)', 'packages/vault/src/default.ts', 'export default 1', 'export const one = 1'],
	['eslint(no-console)', 'apps/server/src/http/console.ts', "console.log('x')", "export const log = 'x'"],
	[
		'unicorn(prefer-node-protocol)',
		'apps/server/src/store/protocol.ts',
		"export { readFile } from 'fs'",
		"export { readFile } from 'node:fs'",
	],
	[
		'typescript(consistent-type-imports)',
		'packages/vault/src/types.ts',
		"import { Result } from '@postern/vocabulary'\nexport type R = Result<1>",
		"import type { Result } from '@postern/vocabulary'\nexport type R = Result<1>",
	],
	[
		'import(no-cycle)',
		'packages/vault/src/round.ts',
		"import { about } from './about.ts'\nexport const round = (): unknown => about",
		'export const round = 1',
	],
	[
		'typescript(no-floating-promises)',
		'apps/server/src/flows/floating.ts',
		'export const a = () => { Promise.resolve(1) }',
		'export const a = () => Promise.resolve(1)',
	],
	[
		'typescript(no-unsafe-return)',
		'apps/server/src/flows/unsafe.ts',
		"export const a = (): string => JSON.parse('1')",
		"export const a = (): unknown => { const b: unknown = JSON.parse('1'); return b }",
	],
]

type Finding = {
	readonly code: string
	readonly filename: string
	readonly labels: readonly { readonly span: { readonly line: number } }[]
}

const folder = mkdtempSync(join(tmpdir(), 'postern-boundaries-'))
const findings: Finding[] = []

beforeAll(() => {
	write('.oxlintrc.json', JSON.stringify(config))
	write(
		'tsconfig.json',
		JSON.stringify({
			compilerOptions: {
				target: 'ES2024',
				module: 'NodeNext',
				jsx: 'react-jsx',
				strict: true,
				noEmit: true,
				allowImportingTsExtensions: true,
			},
		}),
	)
	write('packages/vault/src/about.ts', "import { round } from './round.ts'\nexport const about = (): unknown => round")
	for (const [place, { never, may }] of Object.entries(rooms)) {
		write(`${place}/never.ts`, never.map(importLine).join('\n'))
		write(`${place}/may.ts`, may.map(importLine).join('\n'))
	}
	for (const [, path, broken, clean] of habits) {
		write(path, broken)
		write(twinOf(path), clean)
	}
	const [port, seal] = ['export const port = process.env.PORT', "export { seal } from '@postern/vault'"]
	write('apps/server/src/main.ts', port)
	write('apps/cli/src/main.ts', port)
	write('apps/server/src/compose.ts', seal)
	write('apps/server/src/open-vault.ts', seal)
	write('apps/server/src/other.ts', `${port}\n${seal}`)
	findings.push(...lint())
})
afterAll(() => rmSync(folder, { recursive: true }))

it('knows the files that join rooms', () => {
	expect(joining).toEqual(expect.arrayContaining(['open-app-passwords.ts', 'within-role.ts']))
})

describe.each(Object.entries(rooms))('%s', (place, { never, may }) => {
	it('is refused every import the picture does not have', () => {
		expect(refusedOf(never, `${place}/never.ts`)).toEqual(never)
	})

	it('may import what stands below it', () => {
		expect(refusedOf(may, `${place}/may.ts`)).toEqual([])
	})
})

it.each(habits)('%s is refused in %s, its clean twin is not', (rule, path) => {
	expect(rulesFoundIn(path)).toContain(rule)
	expect(rulesFoundIn(twinOf(path))).not.toContain(rule)
})

it('lets main.ts read the environment, compose.ts and open-vault.ts hold the vault, and nobody else', () => {
	const held = ['eslint(no-restricted-imports)', 'node(no-process-env)']
	expect(rulesFoundIn('apps/server/src/other.ts')).toEqual(expect.arrayContaining(held))
	for (const rule of held) {
		expect(rulesFoundIn('apps/server/src/main.ts')).not.toContain(rule)
		expect(rulesFoundIn('apps/server/src/compose.ts')).not.toContain(rule)
		expect(rulesFoundIn('apps/server/src/open-vault.ts')).not.toContain(rule)
	}
	expect(rulesFoundIn('apps/cli/src/main.ts')).not.toContain('node(no-process-env)')
})

function write(path: string, text: string): void {
	mkdirSync(dirname(join(folder, path)), { recursive: true })
	writeFileSync(join(folder, path), `${text}\n`)
}

/** A line that imports what is named and uses it; a whole import statement stands as it is. */
function importLine(spec: string, at: number): string {
	return spec.startsWith('import ') ? spec : `export { planted as planted${at} } from '${spec}'`
}

function twinOf(path: string): string {
	return path.replace(/\/([^/]+)$/, '/clean-$1')
}

function lint(): Finding[] {
	const oxlint = join(root, 'node_modules', 'oxlint', 'bin', 'oxlint')
	const tsgolint = join(root, 'node_modules', '.bin', 'tsgolint')
	const outcome = spawnSync(process.execPath, [oxlint, '--type-aware', '--format=json'], {
		cwd: folder,
		encoding: 'utf8',
		env: { ...process.env, OXLINT_TSGOLINT_PATH: tsgolint },
		maxBuffer: 64 * 1024 * 1024,
	})
	const report: { diagnostics: Finding[] } = JSON.parse(outcome.stdout)
	return report.diagnostics
}

/** The lines of a planted file that the linter refused as imports. */
function refusedOf(planted: readonly string[], path: string): string[] {
	const lines = findings
		.filter(({ filename, code }) => filename === path && code === 'eslint(no-restricted-imports)')
		.flatMap(({ labels }) => labels.map(({ span }) => span.line))
	return planted.filter((_, at) => lines.includes(at + 1))
}

function rulesFoundIn(path: string): string[] {
	return findings
		.filter(({ filename }) => filename === path)
		.map(({ code }) => code)
		.sort()
}
