import { defineConfig, type OxlintConfig } from 'oxlint'

type Rules = NonNullable<OxlintConfig['rules']>

/** One forbidden kind of import: a regular expression over the specifier (no look-ahead), and the reason shown. */
type Ban = {
	readonly regex: string
	readonly message: string
	readonly allowTypeImports?: boolean
	readonly allowImportNames?: string[]
}

const tests = ['**/*.test.ts', '**/*.test.tsx', '**/*.testing.ts', '**/*.testing.tsx']

const reachingIn: Ban = {
	regex: '^\\.\\.?/(.*/)?(src|packages|apps)/',
	message: 'Another package is imported by its name, never by a path into it.',
}
const apps: Ban = { regex: '^@postern/(server|web|cli)(/|$)', message: 'Apps are never imported.' }
const upperPackages: Ban = {
	regex: '^@postern/(api|app-passwords|egress|policy|vault|wp-client)(/|$)',
	message: 'A package imports only the ground floor: @postern/vocabulary and @postern/wordpress.',
}
const environment: Ban = { regex: '^(node:)?process$', message: 'The environment is read in main.ts only.' }
const accountLibrary: Ban = {
	regex: '^(better-auth|@better-auth|@node-rs/argon2|@simplewebauthn)(/|$)',
	message: 'Only accounts/ knows the account library and its hashes.',
}
const database: Ban = { regex: '^(kysely|pg|node:sqlite)(/|$)', message: 'Only store/ knows the database.' }
const vault: Ban = {
	regex: '^@postern/vault(/|$)',
	allowTypeImports: true,
	message: 'Only access/, the flow that seals, compose.ts and open-vault.ts hold the vault.',
}
const main: Ban = {
	regex: '^\\.\\.?/(.*/)?main\\.ts$',
	message: 'main.ts is where a process starts; nobody imports it.',
}
const compose: Ban = {
	regex: '^\\.\\.?/(.*/)?(main|compose)\\.ts$',
	message: 'compose.ts knows everybody; nobody below an entrance knows compose.ts.',
}

const joining: Ban = {
	regex: '^(\\.\\./)+(open-(app-passwords|background|late|mail|provider|vault)|within-(quota|role))\\.ts$',
	message: 'Files beside compose.ts join rooms for it; of them a room knows only configuration.ts.',
}
const frameworks: Ban = {
	regex: '^(hono|@hono|express|fastify|@fastify|react)(/|$)',
	message: '@postern/app-passwords stands alone: it knows no framework.',
}
const ownAffairs: Ban = {
	regex: '^@postern/(api|app-passwords|policy)(/|$)|^kysely|^\\.\\./(.*/)?(access|accounts|store)/',
	message: 'The probing process knows sites and the way out; it opens neither store nor vault.',
}
const notInstallable: Ban = {
	regex: '^@postern/(api|egress|policy|vault|wp-client)(/|$)|^\\.\\.?/(.*/)?(conformance|e2e|bench|scripts)/',
	message: 'An example imports what others may install.',
}

const notForTheCommandLine: Ban = {
	regex: '^@postern/(app-passwords|policy|vault)(/|$)',
	message: 'The command line imports @postern/api, wp-client, egress and the ground floor.',
}

const noConnection = 'Only packages/egress opens connections.'
const connecting: Ban[] = [
	{ regex: '^(node:)?(https|http2|tls|dgram|dns|dns/promises)$', allowTypeImports: true, message: noConnection },
	{
		regex: '^(node:)?net$',
		allowTypeImports: true,
		allowImportNames: ['isIP', 'isIPv4', 'isIPv6', 'BlockList', 'SocketAddress'],
		message: noConnection,
	},
	{ regex: '^undici(/|$)', message: noConnection },
]
/** It opens connections of its own, to the operator's mail server. */
const mailer: Ban = { regex: '^nodemailer(/|$)', message: 'Only open-mail.ts sends e-mails.' }
const http: Ban = { regex: '^(node:)?http$', allowTypeImports: true, message: noConnection }
const sockets = [...connecting, http, mailer]
const localSocket: Ban = {
	regex: '^(node:)?(https|http2|tls|dgram|dns|dns/promises)$|^undici(/|$)',
	message: noConnection,
}
const listeningOnly = [...connecting, mailer, { ...http, allowImportNames: ['createServer'] }]

const groundFloor = [reachingIn, environment, accountLibrary, database, ...sockets]

const networkGlobals = ['fetch', 'WebSocket', 'EventSource', 'XMLHttpRequest']
/** A whole body in memory, and five times the cost. */
const fetchGlobals = [...networkGlobals, 'Request', 'Response', 'Headers', 'FormData', 'Blob', 'ReadableStream']
const markupSinks = ['innerHTML', 'outerHTML', 'insertAdjacentHTML', 'createContextualFragment']

/** The server's rooms from the top row to the bottom row. */
const rows = [
	['http', 'gateway', 'operate', 'jobs'],
	['wire', 'flows'],
	['probe'],
	['access', 'accounts', 'connectors'],
	['store'],
]

function noImport(...bans: Ban[]): Rules {
	return { 'no-restricted-imports': ['error', { patterns: bans }] }
}

function noGlobals(names: string[], message: string): Rules {
	const globals = names.map((name) => ({ name, message }))
	return { 'no-restricted-globals': ['error', { globals, checkGlobalObject: true }] }
}

/** A room of the server: imports go downwards by row and never sideways within one. */
function room(name: string, bans: Ban[], more: Rules = {}) {
	const row = rows.findIndex((names) => names.includes(name))
	const others = rows
		.slice(0, row + 1)
		.flat()
		.filter((other) => other !== name)
	const sideways: Ban = {
		regex: `^\\.\\.?/(.*/)?(${others.join('|')})/`,
		message: `${name}/ imports only what stands below it: never ${others.join('/, ')}/.`,
	}
	const starters = name === 'operate' ? main : compose
	const rules = { ...noImport(reachingIn, apps, environment, sideways, starters, joining, ...bans), ...more }
	return { files: [`apps/server/src/${name}/**`], excludeFiles: tests, rules }
}

export default defineConfig({
	plugins: ['eslint', 'typescript', 'unicorn', 'oxc', 'import', 'node', 'promise'],
	categories: { correctness: 'error', suspicious: 'error' },
	options: { reportUnusedDisableDirectives: 'error' },
	ignorePatterns: ['**/dist/**', 'docs/**', 'node_modules/**', '.cache/**', '.node/**', 'data/**'],
	rules: {
		eqeqeq: 'error',
		'no-console': 'error',
		'import/no-cycle': ['error', { ignoreTypes: false }],
		'import/no-default-export': 'error',
		'node/no-process-env': 'error',
		'typescript/consistent-type-imports': 'error',
		'typescript/no-explicit-any': 'error',
		'typescript/no-misused-promises': 'error',
		'typescript/no-non-null-assertion': 'error',
		'typescript/no-unsafe-argument': 'error',
		'typescript/no-unsafe-assignment': 'error',
		'typescript/no-unsafe-call': 'error',
		'typescript/no-unsafe-member-access': 'error',
		'typescript/no-unsafe-return': 'error',
		'typescript/only-throw-error': 'error',
		'typescript/switch-exhaustiveness-check': 'error',
		'unicorn/prefer-node-protocol': 'error',
		// Of the category "suspicious", these find taste and not mistakes.
		'import/no-named-as-default-member': 'off',
		'no-underscore-dangle': 'off',
		'promise/always-return': 'off',
		'promise/no-callback-in-promise': 'off',
		'typescript/consistent-return': 'off', // the compiler knows better
		'typescript/no-misused-spread': 'off', // [...text] is how code points are counted
		'typescript/no-unsafe-type-assertion': 'off', // `as` with the reason beside it is for reviewers
		'typescript/unbound-method': 'off', // our ports and Kysely's builders have no `this`
		'unicorn/consistent-function-scoping': 'off',
		'unicorn/no-array-sort': 'off',
	},
	overrides: [
		{
			files: ['packages/*/src/**'],
			excludeFiles: tests,
			rules: {
				...noGlobals(networkGlobals, noConnection),
				...noImport(reachingIn, apps, environment, accountLibrary, database, upperPackages, ...sockets),
			},
		},
		{
			files: ['packages/vocabulary/src/**'],
			excludeFiles: tests,
			rules: noImport({ regex: '^@postern/', message: '@postern/vocabulary imports nothing of ours.' }, ...groundFloor),
		},
		{
			files: ['packages/wordpress/src/**'],
			excludeFiles: tests,
			rules: noImport(
				{ regex: '^@postern/([^v]|va)', message: '@postern/wordpress imports nothing of ours but the vocabulary.' },
				...groundFloor,
			),
		},
		{
			files: ['packages/app-passwords/src/**'],
			excludeFiles: tests,
			rules: noImport(apps, upperPackages, frameworks, ...groundFloor),
		},
		{
			files: ['packages/egress/src/**'],
			excludeFiles: tests,
			rules: {
				'no-restricted-globals': 'off',
				...noImport(reachingIn, apps, environment, accountLibrary, database, upperPackages),
			},
		},
		{
			files: ['packages/api/src/client.ts', 'packages/api/src/client/**'],
			rules: { 'no-restricted-globals': 'off' }, // runs in the browser and asks our own server
		},
		{ files: ['apps/server/src/**'], excludeFiles: tests, rules: { ...noGlobals(networkGlobals, noConnection) } },
		{
			files: ['apps/server/src/*.ts'],
			excludeFiles: tests,
			rules: noImport(reachingIn, apps, environment, accountLibrary, database, vault, main, ...sockets),
		},
		{
			files: ['apps/server/src/compose.ts', 'apps/server/src/open-vault.ts'],
			rules: noImport(reachingIn, apps, environment, accountLibrary, database, main, ...sockets),
		},
		{
			files: ['apps/server/src/open-mail.ts'],
			rules: noImport(reachingIn, apps, environment, accountLibrary, database, vault, main, ...connecting, http),
		},
		{
			files: ['apps/server/src/main.ts'],
			rules: {
				'node/no-process-env': 'off',
				...noImport(reachingIn, apps, accountLibrary, database, vault, ...sockets),
			},
		},
		room('http', [accountLibrary, database, vault, ...listeningOnly]),
		room(
			'gateway',
			[accountLibrary, database, vault, { ...frameworks, message: 'The gateway is plain node:http.' }, ...sockets],
			noGlobals(fetchGlobals, 'The gateway streams: node:http in, egress.dispatch out.'),
		),
		room('wire', [accountLibrary, database, vault, ...sockets]),
		room('operate', [accountLibrary, database, vault, ...sockets], { 'no-console': 'off' }),
		{
			// A socket in the data folder, between the command line and the server; it reaches no network.
			files: ['apps/server/src/operate/operator-socket.ts'],
			rules: noImport(reachingIn, apps, environment, accountLibrary, database, vault, http, localSocket),
		},
		room('jobs', [accountLibrary, database, vault, ...sockets]),
		room('probe', [accountLibrary, database, { ...vault, allowTypeImports: false }, ownAffairs, ...sockets]),
		room('flows', [accountLibrary, database, ...sockets]),
		room('access', [accountLibrary, database, ...sockets]),
		room('accounts', [{ ...database, allowTypeImports: true }, vault, ...sockets]),
		room('connectors', [accountLibrary, database, vault, ...sockets]),
		room('store', [accountLibrary, vault, ...sockets]),
		{
			files: ['apps/cli/src/**'],
			excludeFiles: tests,
			rules: {
				...noGlobals(networkGlobals, noConnection),
				...noImport(reachingIn, apps, environment, accountLibrary, database, notForTheCommandLine, main, ...sockets),
			},
		},
		{ files: ['apps/cli/src/main.ts'], rules: { 'node/no-process-env': 'off' } },
		{
			files: ['apps/web/src/**'],
			excludeFiles: tests,
			plugins: ['eslint', 'typescript', 'unicorn', 'oxc', 'import', 'promise', 'react', 'jsx-a11y'],
			rules: {
				'react/no-danger': 'error',
				'react/react-in-jsx-scope': 'off',
				'react/incompatible-library': 'off', // speaks to the React compiler, which we do not use
				'typescript/only-throw-error': 'off', // the router's redirects are thrown
				// Tables that become cards keep their roles by saying them; axe looks at the result in e2e/.
				'jsx-a11y/control-has-associated-label': 'off',
				'jsx-a11y/no-interactive-element-to-noninteractive-role': 'off',
				'jsx-a11y/no-redundant-roles': 'off',
				'jsx-a11y/prefer-tag-over-role': 'off',
				'react/rules-of-hooks': 'error',
				'no-restricted-properties': [
					'error',
					...markupSinks.map((property) => ({
						property,
						message: 'Text reaches the page through React, never as markup.',
					})),
				],
				...noGlobals(networkGlobals, 'The web app asks its server through the typed client in src/api/.'),
				...noImport(reachingIn, apps, {
					regex: '^(node:|@postern/(app-passwords|egress|policy|vault|wp-client)(/|$))',
					message: 'The web app imports @postern/api and the ground floor, and runs in a browser.',
				}),
			},
		},
		{ files: ['apps/web/src/api/**'], rules: { 'no-restricted-globals': 'off' } },
		{
			files: [
				...tests,
				'conformance/**',
				'e2e/**',
				'bench/**',
				'scripts/**',
				'examples/**',
				'*.config.ts',
				'apps/*/*.config.ts',
			],
			rules: {
				'no-console': 'off',
				'node/no-process-env': 'off',
				'typescript/no-unsafe-argument': 'off',
				'typescript/no-unsafe-assignment': 'off',
				'typescript/no-unsafe-call': 'off',
				'typescript/no-unsafe-member-access': 'off',
				'typescript/no-unsafe-return': 'off',
			},
		},
		{ files: ['examples/**'], excludeFiles: tests, rules: noImport(reachingIn, apps, notInstallable) },
		{
			files: ['bench/**'],
			rules: { 'unicorn/require-post-message-target-origin': 'off' }, // to threads; only windows have an origin
		},
		{ files: ['*.config.ts', 'apps/*/*.config.ts'], rules: { 'import/no-default-export': 'off' } },
	],
})
