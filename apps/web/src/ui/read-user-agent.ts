/** Names that people know; what is more special stands before what it also claims to be. */
const browsers = [
	['Edge', /\bEdgA?\//],
	['Opera', /\bOPR\//],
	['Samsung Internet', /\bSamsungBrowser\//],
	['Firefox', /\b(Firefox|FxiOS)\//],
	['Chrome', /\b(Chrome|CriOS|HeadlessChrome)\//],
	['Safari', /\bSafari\//],
	['curl', /^curl\//],
] as const

const systems = [
	['iPhone', /\biPhone\b/],
	['iPad', /\biPad\b/],
	['Android', /\bAndroid\b/],
	['Windows', /\bWindows\b/],
	['macOS', /\bMac OS X\b/],
	['ChromeOS', /\bCrOS\b/],
	['Linux', /\bLinux\b/],
] as const

export type Device = { readonly browser: string; readonly system: string | undefined }

/** Reads browser and system out of a `User-Agent`, well enough to recognize one's own; `undefined` if neither is known. */
export function readUserAgent(userAgent: string | null): Device | undefined {
	const browser = browsers.find(([, pattern]) => pattern.test(userAgent ?? ''))?.[0]
	const system = systems.find(([, pattern]) => pattern.test(userAgent ?? ''))?.[0]
	return browser && { browser, system }
}
