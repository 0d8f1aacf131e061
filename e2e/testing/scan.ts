import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type axeCore from 'axe-core'
import type { Page } from 'playwright-core'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** What axe finds serious or critical on the page as it is now: one line each. */
export async function scan(page: Page): Promise<string[]> {
	// Evaluated by the debugger's protocol, which the page's content security policy does not govern.
	await page.evaluate(axe)
	const { violations } = await page.evaluate(runAxe)
	return violations
		.filter(({ impact }) => impact === 'serious' || impact === 'critical')
		.flatMap(({ id, impact, nodes }) =>
			nodes.map(({ target, failureSummary }) => `${impact} ${id} at ${target.join(' ')}: ${failureSummary}`),
		)
}

function runAxe(): Promise<axeCore.AxeResults> {
	const axeInPage: typeof axeCore = Reflect.get(globalThis, 'axe')
	return axeInPage.run(document, { resultTypes: ['violations'] })
}
