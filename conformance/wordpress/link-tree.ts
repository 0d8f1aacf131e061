import { copyFileSync, linkSync, mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'

/** Makes `to` a copy of `from` whose files are hard links: 3,000 files in a moment, and no space. Nobody may write into them. */
export function linkTree(from: string, to: string): void {
	mkdirSync(to, { recursive: true })
	for (const entry of readdirSync(from, { withFileTypes: true })) {
		const source = join(from, entry.name)
		const target = join(to, entry.name)
		if (entry.isDirectory()) linkTree(source, target)
		else linkOrCopy(source, target)
	}
}

function linkOrCopy(source: string, target: string): void {
	try {
		linkSync(source, target)
	} catch {
		copyFileSync(source, target) // a file system without hard links
	}
}
