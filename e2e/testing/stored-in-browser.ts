import type { Page } from 'playwright-core'

/** Where in the browser, beyond a page's memory, a secret can be found; with and without its spaces. */
export async function placesWith(page: Page, secret: string): Promise<string[]> {
	const spellings = [...new Set([secret, secret.replaceAll(' ', ''), encodeURIComponent(secret)])]
	const kept = await page.evaluate(readEverythingKept)
	const { origins, cookies } = await page.context().storageState({ indexedDB: true })
	const places = { ...kept, cookies, origins }
	return Object.entries(places)
		.filter(([, value]) => spellings.some((spelling) => JSON.stringify(value).includes(spelling)))
		.map(([place]) => place)
}

/** Runs in the page. A history entry's address is only seen while it is the current one; its state always. */
async function readEverythingKept() {
	const caches = []
	for (const name of await globalThis.caches.keys()) {
		for (const request of await (await globalThis.caches.open(name)).keys()) caches.push(request.url)
	}
	const navigation =
		'navigation' in globalThis ? (globalThis.navigation as { entries(): { url: string }[] }) : undefined
	return {
		address: location.href,
		history: [history.state, ...(navigation?.entries().map(({ url }) => url) ?? [])],
		sessionStorage: { ...sessionStorage },
		localStorage: { ...localStorage },
		caches,
		windowName: window.name,
	}
}
