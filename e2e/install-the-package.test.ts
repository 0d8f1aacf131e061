import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
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
	writeFileSync(join(folder, 'first.ts'), firstLines())
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
		files: ['first.ts'],
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

const readme = readFileSync(join(root, 'packages', 'app-passwords', 'README.md'), 'utf8')

function firstLines(): string {
	const [, code] = /^```ts\n([\s\S]*?)^```/m.exec(readme) ?? []
	if (code === undefined) throw new Error('the README begins with no code')
	return code
}

/** What the README's comments say is printed: `console.log(…) // this`. */
function promised(): string {
	return [...firstLines().matchAll(/console\.log\(.*\/\/ (.*)$/gm)].map(([, printed]) => `${printed}\n`).join('')
}

function versionOf(name: string): string {
	const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
		devDependencies: Record<string, string>
	}
	return manifest.devDependencies[name] ?? ''
}
