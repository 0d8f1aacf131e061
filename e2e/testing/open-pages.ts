import type { BrowserContext, Page } from 'playwright-core'

const contexts = new Set<BrowserContext>()

export function watchContext(context: BrowserContext): void {
	contexts.add(context)
	context.once('close', () => contexts.delete(context))
}

/** Every page that a person in a test has open at this moment. */
export function openPages(): readonly Page[] {
	return [...contexts].flatMap((context) => context.pages())
}
