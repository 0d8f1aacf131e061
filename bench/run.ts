import { readdirSync } from 'node:fs'
import path from 'node:path'
import type { Figure } from './figure.ts'

type Bench = { run(): Promise<readonly Figure[]> }

const helpers = new Set(['run.ts', 'figure.ts', 'fetch-packages.ts'])

/** `npm run bench -- [name …] [--json]`: measures, prints a table or one JSON object a line. Nothing is asserted. */
export async function main(args: readonly string[]): Promise<number> {
	const isJson = args.includes('--json')
	const known = readdirSync(import.meta.dirname)
		.filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts') && !helpers.has(file))
		.map((file) => path.basename(file, '.ts'))
	const asked = args.filter((argument) => !argument.startsWith('--'))
	const unknown = asked.filter((name) => !known.includes(name))
	if (unknown.length > 0) {
		process.stderr.write(`There is no bench ${unknown.join(', ')}. Benches: ${known.join(', ')}.\n`)
		return 2
	}
	for (const name of asked.length === 0 ? known : asked) {
		const bench: Bench = await import(path.join(import.meta.dirname, `${name}.ts`))
		print(await bench.run(), isJson)
	}
	return 0
}

function print(figures: readonly Figure[], isJson: boolean): void {
	for (const figure of figures) process.stdout.write(`${isJson ? JSON.stringify(figure) : row(figure)}\n`)
}

function row({ bench, figure, value, unit, against, ratio, aim }: Figure): string {
	const shown = `${value < 10 ? value.toFixed(2) : value.toFixed(value < 100 ? 1 : 0)} ${unit}`
	const compared = ratio === undefined ? '' : `${ratio.toFixed(2)} × ${against ?? ''}`
	return [
		bench.padEnd(18),
		figure.padEnd(52),
		shown.padStart(12),
		compared.padEnd(28),
		aim === undefined ? '' : `aim ${aim}`,
	].join('  ')
}

if (process.argv[1] === import.meta.filename) process.exitCode = await main(process.argv.slice(2))
