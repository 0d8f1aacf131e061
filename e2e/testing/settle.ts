import type { Page } from 'playwright-core'

export type Look = { readonly colorScheme: 'light' | 'dark'; readonly width: number; readonly height?: number }

/** Shows the page in other colors and another width, once it has taken them on. */
export async function changeLook(page: Page, { colorScheme, width, height = 800 }: Look): Promise<void> {
	await page.emulateMedia({ colorScheme })
	await page.setViewportSize({ width, height })
	// The web app takes them on by itself; a page of the server's has them from its style sheet.
	const isWebApp = (await page.locator('html[data-mantine-color-scheme]').count()) > 0
	if (isWebApp) await page.locator(`html[data-mantine-color-scheme="${colorScheme}"]`).waitFor()
	await settle(page)
}

/** Waits until the page has drawn itself anew and nothing on it moves or changes color any more. */
export async function settle(page: Page): Promise<void> {
	await page.evaluate(async () => {
		const drawn = () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))
		// What turns for ever says "busy" and never settles.
		const isEnding = ({ effect }: Animation) => effect?.getComputedTiming().iterations !== Infinity
		// An inherited color passes down the page level by level: each begins when the one above it is done.
		for (let still = 0; still < 3; still += 1) {
			await drawn()
			if (document.getAnimations().some(isEnding)) still = -1
		}
	})
}
