import { expect, it } from 'vitest'
import { readUserAgent } from './read-user-agent.ts'

const agents = {
	'Chrome on Linux':
		'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/153.0.0.0 Safari/537.36',
	'Edge on Windows':
		'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/153.0.0.0 Safari/537.36 Edg/153.0.0.0',
	'Safari on iPhone':
		'Mozilla/5.0 (iPhone; CPU iPhone OS 19_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/19.1 Mobile/15E148 Safari/604.1',
	'Firefox on Android': 'Mozilla/5.0 (Android 16; Mobile; rv:150.0) Gecko/150.0 Firefox/150.0',
	'Chrome on Android':
		'Mozilla/5.0 (Linux; Android 16; Pixel 10) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/153.0.0.0 Mobile Safari/537.36',
	'Safari on macOS':
		'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/19.1 Safari/605.1.15',
}

it.each(Object.entries(agents))('recognizes %s', (name, userAgent) => {
	const device = readUserAgent(userAgent)
	expect(`${device?.browser} on ${device?.system}`).toBe(name)
})

it('does not guess what it does not know', () => {
	expect(readUserAgent(null)).toBeUndefined()
	expect(readUserAgent('my-script/1.0')).toBeUndefined()
	expect(readUserAgent('curl/8.11.0')).toEqual({ browser: 'curl', system: undefined })
})
