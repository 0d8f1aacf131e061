import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { npmCommand } from '../bootstrap/npm.mjs'
import { root } from './root.ts'
import { runToolNow } from './run-tool.ts'

/** What others may install, each after those it needs. */
const publishedPackages = ['vocabulary', 'wordpress', 'app-passwords', 'wp-client'] as const

type Manifest = {
	readonly name: string
	readonly version: string
	readonly exports: Readonly<Record<string, string>>
	/** By specifier, then by condition. */
	readonly imports?: Readonly<Record<string, Readonly<Record<string, string>>>>
	readonly [field: string]: unknown
}

/**
 * Builds the packages that others may install, and packs each into a tarball in `folder`. Here Node runs their TypeScript;
 * whoever installs them gets JavaScript and types, because Node strips no types below `node_modules`. Gives the tarballs.
 */
export function packPackages(folder: string): readonly string[] {
	mkdirSync(folder, { recursive: true })
	return publishedPackages.map((name) => packPackage(name, folder))
}

function packPackage(name: string, folder: string): string {
	const source = join(root, 'packages', name)
	const stage = join(root, '.cache', 'pack', name)
	rmSync(stage, { recursive: true, force: true })
	mkdirSync(stage, { recursive: true })
	const config = join(stage, 'tsconfig.json')
	writeFileSync(config, JSON.stringify(buildConfig(source, stage)))
	runToolNow('tsc', ['--project', config])
	rmSync(config)
	const manifest = JSON.parse(readFileSync(join(source, 'package.json'), 'utf8')) as Manifest // ours
	writeFileSync(join(stage, 'package.json'), `${JSON.stringify(publishedManifest(manifest), null, '\t')}\n`)
	cpSync(join(source, 'README.md'), join(stage, 'README.md'))
	cpSync(join(root, 'LICENSE'), join(stage, 'LICENSE'))
	const packed = runNpm(stage, ['pack', '--json', '--pack-destination', folder])
	const [{ filename }] = JSON.parse(packed) as [{ filename: string }] // as npm prints it for one package
	return join(folder, filename)
}

/** Gives what npm prints. */
export function runNpm(folder: string, args: readonly string[]): string {
	const npm = npmCommand({ execPath: process.execPath, npmExecPath: process.env['npm_execpath'] })
	return execFileSync(
		npm.command,
		[...npm.args, ...args, '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'],
		{
			cwd: folder,
			encoding: 'utf8',
			shell: npm.shell,
		},
	)
}

function buildConfig(source: string, stage: string) {
	return {
		extends: join(source, 'tsconfig.json'),
		compilerOptions: {
			noEmit: false,
			declaration: true,
			rewriteRelativeImportExtensions: true,
			rootDir: join(source, 'src'),
			outDir: join(stage, 'dist'),
			typeRoots: [join(root, 'node_modules', '@types')],
		},
		include: [join(source, 'src')],
		exclude: ['*.test.ts', '*.testing.ts'].map((name) => join(source, 'src', '**', name)),
	}
}

/** The manifest as others see it: built files, nothing of the workspace. */
function publishedManifest({ private: _private, devDependencies: _dev, exports, imports, ...manifest }: Manifest) {
	const built = (path: string, ending: string) => path.replace('./src/', './dist/').replace(/\.ts$/, ending)
	const both = (path: string) => ({ types: built(path, '.d.ts'), default: built(path, '.js') })
	const byCondition = (paths: Readonly<Record<string, string>>) => mapValues(paths, both)
	return {
		...manifest,
		files: ['dist'],
		exports: mapValues(withoutTests(exports), both),
		...(imports === undefined ? {} : { imports: mapValues(imports, byCondition) }),
	}
}

/** What stands in for a site in tests is not built. */
function withoutTests(exports: Manifest['exports']): Manifest['exports'] {
	return Object.fromEntries(Object.entries(exports).filter(([, path]) => !path.endsWith('.testing.ts')))
}

function mapValues<A, B>(record: Readonly<Record<string, A>>, change: (value: A) => B): Record<string, B> {
	return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, change(value)]))
}
