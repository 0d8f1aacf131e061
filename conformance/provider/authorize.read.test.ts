import { describe, expect, it } from 'vitest'
import { authorizePath, fieldOf, openPage, type Asked } from '../targets/authorize-page.ts'
import { ask } from '../targets/ask-place.ts'
import { isBefore } from '../targets/differences.ts'
import { placesOf } from '../targets/open-places.ts'
import type { Place } from '../targets/target.ts'
import { targets } from '../targets/targets.ts'

const app_name = 'Garden notes'
const environments = ['local', 'production'] as const

/** A request that is refused for itself, not because nobody can have a password: that comes later, as 501. */
async function isValid(place: Place, asked: Asked): Promise<boolean> {
	const { answer } = await openPage(place, await place.sessionOf('editor'), asked)
	expect([200, 501, place.kind === 'wordpress' ? 500 : 400], JSON.stringify(asked)).toContain(answer.status)
	return answer.status === 200 || answer.status === 501
}

async function areValid(place: Place, urls: readonly string[], expected: boolean): Promise<void> {
	for (const url of urls)
		for (const asked of [{ success_url: url }, { reject_url: url }])
			expect([asked, await isValid(place, asked)]).toEqual([asked, expected])
}

describe.each(targets('wordpress', 'postern', 'package'))('$name', (target) => {
	const { open } = placesOf(target)

	it.each(environments)(
		'#156 #157 #158 lets applications ask without arguments, for https and for schemes of apps: %s',
		async (environment) => {
			const place = await open({ environment })
			expect(await isValid(place, {})).toBe(true)
			expect(await isValid(place, { app_name })).toBe(true)
			await areValid(place, ['https://app.example/cb?x=1', 'https://app.example:8443/', 'wordpress://example'], true)
		},
	)

	it('#159 #160 refuses http and other names of this machine in production, and takes them in a local environment', async () => {
		const urls = ['http://example.org', 'http://localhost:3000/cb', 'http://127.0.0.2/']
		await areValid(await open({ environment: 'production' }), urls, false)
		await areValid(await open(), urls, true)
	})

	it('#160 takes http on a loopback address everywhere, but for WordPress up to 6.9', async () => {
		const urls = ['http://127.0.0.1:3000/cb', 'http://[::1]:3000/cb']
		const isTaken = !isBefore('loopback success_url', target)
		await areValid(await open({ environment: 'production' }), urls, isTaken)
	})

	it.each(environments)(
		'#161 #162 refuses what runs, what has no scheme and what has no host: %s',
		async (environment) => {
			const place = await open({ environment })
			const running = ['javascript:alert(1)', 'JavaScript://x/%0Aalert(1)', 'data:text/html,x', 'DATA://x/y']
			const hostless = ['myapp:callback', 'com.example.app:/cb', 'https://', 'file:///x']
			await areValid(place, [...running, ...hostless, '//evil.example/x', '/rel', 'foo'], false)
		},
	)

	it('#166 refuses an app_id that is no UUID in lower case, and names every fault', async () => {
		const place = await open()
		const app_id = '6F2B1D1A-9C1E-5F0A-8B57-0D6C3B1F2A3E'
		const success_url = 'javascript:alert(1)'
		const session = await place.sessionOf('editor')
		const sentences = async (asked: Asked) => {
			const { answer } = await openPage(place, session, asked)
			expect(answer.status).toBe(place.kind === 'wordpress' ? 500 : 400)
			const [, said = ''] =
				/<(?:div class="wp-die-message"|ul class="faults")>(.*?)<\/(?:div|ul)>/s.exec(answer.text) ?? []
			return said
				.replaceAll(/<\/li>/g, '.')
				.replaceAll(/<[^>]*>/g, ' ')
				.split('.')
				.map((one) => one.trim())
				.filter((one) => one !== '')
		}
		const both = await sentences({ app_id, success_url })
		expect(new Set(both)).toEqual(new Set([...(await sentences({ app_id })), ...(await sentences({ success_url }))]))
		expect(both.length).toBeGreaterThan(1)
	})

	it('#167 sends a visitor to sign in, and keeps the whole address for afterwards', async () => {
		const place = await open()
		const path = authorizePath({ app_name, success_url: 'https://app.example/cb?state=a%20b&x=1' })
		const { status, headers } = await ask(place, path, { headers: { Accept: 'text/html' } })
		const location = new URL(headers.get('location') ?? '', place.url)
		expect(status).toBe(302)
		expect([...location.searchParams.values()]).toContainEqual(expect.stringMatching(endsWith(path)))
	})

	it('#179 lets no other origin frame it and no cache keep it, and tells nobody the whole address', async () => {
		const place = await open()
		const { answer } = await openPage(place, await place.sessionOf('editor'), { app_name })
		const { headers } = answer
		const isOurs = place.kind !== 'wordpress'
		expect(headers.get('x-frame-options')).toBe(isOurs ? 'DENY' : 'SAMEORIGIN')
		if (!isBefore('frame-ancestors on the approve page', target))
			expect(headers.get('content-security-policy')).toContain(`frame-ancestors ${isOurs ? "'none'" : "'self'"}`)
		expect(headers.get('referrer-policy')).toBe(isOurs ? 'no-referrer' : 'strict-origin-when-cross-origin')
		expect(headers.get('cache-control')).toContain(isBefore('no-store for callers', target) ? 'no-cache' : 'no-store')
	})

	it('#180 shows the name as text, and lets the person edit it', async () => {
		const place = await open()
		const name = '<b>Bold</b> & more'
		const page = await openPage(place, await place.sessionOf('editor'), { app_name: name })
		expect(page.answer.text).not.toContain('<b>Bold')
		expect(fieldOf(page, 'app_name')).toBe(name)
	})
})

describe.each(targets('postern', 'package'))('$name, stricter than WordPress,', (target) => {
	const { open } = placesOf(target)

	it.each(environments)(
		'#163 #164 #165 #174 refuses userinfo, http in capitals, fragments, and schemes that lead elsewhere: %s',
		async (environment) => {
			const place = await open({ environment })
			const userinfo = ['https://user:pass@h.example/', 'https://user@h.example/', 'https://user:@h.example/']
			const schemes = [
				'vbscript:x',
				'vbscript://x/y',
				'file://h/x',
				'ftp://h/',
				'blob:https://h/x',
				'intent://h/#Intent;end',
			]
			await areValid(place, [...userinfo, ...schemes, 'HTTP://h.example/', 'https://h.example/#part'], false)
		},
	)

	it('#173 refuses an address that brings along what it is to be told (WordPress: replaces it)', async () => {
		const crowded = ['password=guessed', 'site_url=evil', 'user_login=root'].map(
			(pair) => `https://app.example/cb?${pair}`,
		)
		await areValid(await open(), crowded, false)
	})

	it('#181 shows where the answer goes, and marks a scheme of an app', async () => {
		const place = await open()
		const session = await place.sessionOf('editor')
		const web = await openPage(place, session, { app_name, success_url: 'https://app.example/cb' })
		expect(web.answer.text).toMatch(/<h1[^>]*>[^<]*(<[^>]*>)*[^<]*app\.example/)
		expect(web.answer.text).toContain('editor')
		const app = await openPage(place, session, { app_name, success_url: 'myapp://callback' })
		expect(app.answer.text).toContain('myapp')
		expect(app.answer.text).not.toContain('app.example')
	})
})

function endsWith(text: string): RegExp {
	return new RegExp(`${text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')}$`)
}
