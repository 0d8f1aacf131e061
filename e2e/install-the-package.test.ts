import { execFile, execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { enclose } from '@postern/wp-client/testing/zoo-server'
import { wordpress } from '@postern/wp-client/testing/zoo-wordpress'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { packPackages, runNpm } from '../scripts/steps/pack-packages.ts'
import { root } from '../scripts/steps/root.ts'
import { cached } from '../scripts/testing/test-cache.ts'

const node22 = '22.23.3'

let folder = ''

/** An empty folder of a stranger: the tarballs, a compiler, and the first lines of the README. */
beforeAll(() => {
	folder = mkdtempSync(join(tmpdir(), 'postern-stranger-'))
	const tarballs = packPackages(join(folder, 'packed'))
	writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'stranger', private: true, type: 'module' }))
	runNpm(folder, ['install', ...tarballs])
	runNpm(folder, ['install', `typescript@${versionOf('typescript')}`, `@types/node@${versionOf('@types/node')}`])
	writeFileSync(join(folder, 'first.ts'), firstLines('app-passwords'))
	writeFileSync(join(folder, 'discover.ts'), firstLines('wp-client'))
	writeFileSync(join(folder, 'connect.ts'), linesOf('wp-client', 1))
})

afterAll(() => rmSync(folder, { recursive: true, force: true }))

it('installs without anything of the workspace', () => {
	const installed = JSON.parse(readFileSync(join(folder, 'package-lock.json'), 'utf8')) as {
		packages: Record<string, { resolved?: string; hasInstallScript?: boolean }>
	}
	const ours = Object.entries(installed.packages).filter(([path]) => path.startsWith('node_modules/@postern/'))
	expect(ours.map(([path]) => path.slice('node_modules/@postern/'.length)).toSorted()).toEqual([
		'app-passwords',
		'vocabulary',
		'wordpress',
		'wp-client',
	])
	expect(ours.every(([, { resolved }]) => resolved?.startsWith('file:packed/'))).toBe(true)
	expect(Object.values(installed.packages).filter(({ hasInstallScript }) => hasInstallScript === true)).toEqual([])
})

it('has types that hold without skipLibCheck', () => {
	const config = {
		compilerOptions: {
			target: 'ES2024',
			module: 'NodeNext',
			types: ['node'],
			strict: true,
			exactOptionalPropertyTypes: true,
			noUncheckedIndexedAccess: true,
			skipLibCheck: false,
			noEmit: true,
		},
		files: ['first.ts', 'discover.ts', 'connect.ts'],
	}
	writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(config))
	expect(runNode(process.execPath, [join('node_modules', 'typescript', 'bin', 'tsc'), '--project', '.'])).toBe('')
})

it('does on Node 24 what the README says', () => {
	expect(runNode(process.execPath, ['first.ts'])).toBe(promised())
})

it('does on Node 22 what the README says', async () => {
	expect(runNode(await fetchNode22(), ['first.ts'])).toBe(promised())
})

it.each(['24', '22'])('looks at a site on Node %s as its README says', async (version) => {
	const node = version === '24' ? process.execPath : await fetchNode22()
	// Whether this machine reaches the internet or not, there is no WordPress at example.com.
	expect((await runLooking(node, 'discover.ts')).trim()).toMatch(
		/^(network\/[\w-]+|site\/not-wordpress) (sure|likely)$/,
	)
	const { httpsPort } = await enclose(wordpress({ title: 'Behind the fence' }).animal)
	const there = firstLines('wp-client').replace("'example.com'", `'localhost:${httpsPort}'`)
	writeFileSync(join(folder, 'there.ts'), there)
	expect(await runLooking(node, 'there.ts')).toBe('Behind the fence on\n')
})

/** Trusts the certificates of the zoo, and lets it answer meanwhile. */
async function runLooking(node: string, file: string): Promise<string> {
	const env = { ...process.env, NODE_EXTRA_CA_CERTS: authority }
	const flags = ['--experimental-strip-types', '--no-warnings']
	const { stdout } = await promisify(execFile)(node, [...flags, file], { cwd: folder, env })
	return stdout
}

const authority = join(root, 'packages/egress/src/testing/certificates/authority.pem')

function runNode(node: string, args: readonly string[]): string {
	try {
		return execFileSync(node, args, { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })
	} catch (error) {
		const { stdout, stderr } = error as { stdout: string; stderr: string } // of execFileSync with an encoding
		throw new Error(`${args.join(' ')} failed:\n${stdout}${stderr}`, { cause: error })
	}
}

async function fetchNode22(): Promise<string> {
	const name = `node-${process.platform}-${process.arch}`
	const kept = await cached(`node-${node22}`, async (made) => {
		runNpm(made, ['install', '--prefix', made, `${name}@${node22}`])
	})
	return join(kept, 'node_modules', name, 'bin', 'node')
}

function firstLines(name: string): string {
	return linesOf(name, 0)
}

function linesOf(name: string, place: number): string {
	const readme = readFileSync(join(root, 'packages', name, 'README.md'), 'utf8')
	const [, code] = [...readme.matchAll(/^```ts\n([\s\S]*?)^```/gm)][place] ?? []
	if (code === undefined) throw new Error(`the README of ${name} has no such code`)
	return code
}

/** What the README's comments say is printed: `console.log(…) // this`. */
function promised(): string {
	return [...firstLines('app-passwords').matchAll(/console\.log\(.*\/\/ (.*)$/gm)]
		.map(([, printed]) => `${printed}\n`)
		.join('')
}

function versionOf(name: string): string {
	const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
		devDependencies: Record<string, string>
	}
	return manifest.devDependencies[name] ?? ''
}
