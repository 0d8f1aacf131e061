import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach } from 'vitest'
import { cacheFolder } from '../../scripts/steps/root.ts'
import { openPages } from './open-pages.ts'

// What was on the screens when a promise broke; a test that waited in vain says little.
const folder = join(cacheFolder, 'tests', 'failures')

afterEach(async ({ task }) => {
	if (task.result?.state !== 'fail') return
	mkdirSync(folder, { recursive: true })
	const name = task.name.replaceAll(/[^a-z0-9]+/gi, '-').slice(0, 60)
	for (const [at, page] of openPages().entries()) {
		const path = join(folder, `${name}-${at + 1}.png`)
		// A page may be closing, or hang: the failure itself counts.
		await page.screenshot({ path, timeout: 5_000 }).then(
			() => console.error(`on the screen: ${path} (${page.url()})`),
			() => undefined,
		)
	}
})
