import { runCommand } from '../../scripts/testing/run-command.ts'

/** `php` is the machine's, `wasm` is PHP compiled to WebAssembly, from npm. */
export type PhpWay = 'php' | 'wasm'

const NEEDED = ['pdo_sqlite', 'sqlite3', 'xml', 'mbstring', 'curl']
const INSTALL = 'apt-get install php-cli php-sqlite3 php-xml php-mbstring php-curl php-zip'
const OLDEST = 70400

let found: Promise<PhpWay> | undefined

/**
 * Says how WordPress runs on this machine: on its PHP if that is complete, else as WebAssembly.
 * `POSTERN_TEST_PHP=php|wasm` insists on one.
 */
export function findPhp(): Promise<PhpWay> {
	found ??= choosePhp(process.env['POSTERN_TEST_PHP'])
	return found
}

async function choosePhp(wanted: string | undefined): Promise<PhpWay> {
	if (wanted === 'wasm') return 'wasm'
	const lack = await lackOfPhp()
	if (lack === undefined) return 'php'
	if (wanted === 'php') throw new Error(`POSTERN_TEST_PHP=php, but ${lack}. ${INSTALL}`)
	console.error(`${lack}: WordPress runs on PHP as WebAssembly, which is slow. Faster: ${INSTALL}`)
	return 'wasm'
}

async function lackOfPhp(): Promise<string | undefined> {
	const lines = await runCommand('php', ['-r', 'echo PHP_VERSION_ID, "\\n", implode("\\n", get_loaded_extensions());'])
		.then((text) => text.toLowerCase().split('\n'))
		.catch(() => undefined)
	if (lines === undefined) return 'there is no PHP on this machine'
	if (Number(lines[0]) < OLDEST) return 'the PHP on this machine is older than 7.4'
	const missing = NEEDED.filter((name) => !lines.includes(name))
	return missing.length === 0 ? undefined : `the PHP on this machine lacks ${missing.join(', ')}`
}

/** Ends every hint on what to do when neither way works. */
export const installPhp = INSTALL
