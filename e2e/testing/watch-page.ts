import type { ConsoleMessage, Page } from 'playwright-core'

/** What a page did that it must not do. */
export type Watched = {
	readonly violations: string[]
	readonly complaints: string[]
	readonly foreignRequests: string[]
	readonly dialogs: string[]
}

/**
 * Follows a page from before its first script on: breaches of the content security policy, errors in the console, requests
 * that leave `origin`, dialogs.
 */
export async function watchPage(page: Page, origin: string): Promise<Watched> {
	const watched: Watched = { violations: [], complaints: [], foreignRequests: [], dialogs: [] }
	await page.exposeFunction('reportViolation', (text: string) => void watched.violations.push(text))
	await page.addInitScript(() => {
		document.addEventListener('securitypolicyviolation', (event) => {
			const report: unknown = Reflect.get(globalThis, 'reportViolation')
			if (typeof report === 'function') report(`${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}`)
		})
	})
	page.on('console', (message) => {
		if (['error', 'warning'].includes(message.type()) && !isQuestion(message)) watched.complaints.push(message.text())
	})
	page.on('pageerror', (error) => watched.complaints.push(error.message))
	page.on('request', (request) => {
		const { protocol, origin: asked } = new URL(request.url())
		if (asked !== origin && protocol !== 'data:' && protocol !== 'blob:') watched.foreignRequests.push(request.url())
	})
	page.on('dialog', (dialog) => {
		watched.dialogs.push(dialog.message())
		void dialog.dismiss()
	})
	return watched
}

/** Chromium notes every 401; asking "am I signed in?" is how the app begins. */
function isQuestion(message: ConsoleMessage): boolean {
	return message.location().url.endsWith('/api/v1/me') && message.text().includes('401')
}
