import { describe, expect, it } from 'vitest'
import { isSameApprovedSite, readApproval, writeApprovalUrl } from './authorize-return.ts'

const raw = 'H5wW1NntpxwXFbGRPkA30sfq'
const good = `site_url=https%3A%2F%2Fblog.example&user_login=admin&password=${raw}`

const read = (query: string) => {
	const result = readApproval(query)
	if (!result.ok) return result.problem.code
	const { value } = result
	return value.kind === 'approved' ? { ...value, password: value.password.reveal() } : value
}

describe('the way back from the authorize page', () => {
	it('#183 brings the password raw, or in groups of four', () => {
		const approved = { kind: 'approved', siteUrl: 'https://blog.example', userLogin: 'admin' }
		expect(read(good)).toEqual({ ...approved, password: raw })
		expect(read(`?${good}`)).toEqual({ ...approved, password: raw })
		const grouped = 'H5wW%201Nnt%20pxwX%20FbGR%20PkA3%200sfq'
		expect(read(good.replace(raw, grouped))).toEqual({ ...approved, password: 'H5wW 1Nnt pxwX FbGR PkA3 0sfq' })
		expect(read(`${good}&utm_source=theirs`)).toMatchObject(approved)
	})

	it('#184 says that the person declined, or why WordPress did', () => {
		expect(read('success=false')).toEqual({ kind: 'rejected' })
		expect(read('success=false&error=disabled')).toEqual({ kind: 'error', code: 'disabled' })
		expect(read('error=disabled')).toEqual({ kind: 'error', code: 'disabled' })
	})

	it.each([
		['nothing', ''],
		['no password', 'site_url=https://blog.example&user_login=admin'],
		['an empty password', good.replace(raw, '')],
		['no user', good.replace('user_login', 'user')],
		['no site', good.replace('site_url', 'site')],
		['CBK-011 the password twice', `${good}&password=other`],
		['the password twice, the same', `${good}&password=${raw}`],
		['the site twice', `${good}&site_url=https://evil.example`],
		['the password as a list', `${good}&password[]=other`],
		['a name that PHP reads as ours', `${good}&user.login=other`],
		['yes and no', `${good}&success=false`],
		['a success that is none', 'success=true'],
		['an error that is none', 'error=%3Cscript%3E'],
		['bytes that are no UTF-8', good.replace('admin', 'adm%E9n')],
		['far too much', `${good}&padding=${'x'.repeat(9_000)}`],
	])('T65 refuses %s', (_what, query) => {
		expect(read(query)).toBe('approval/malformed')
	})

	it('T14 keeps the password out of what is printed', () => {
		expect(JSON.stringify(readApproval(good))).not.toContain(raw)
	})

	it('reads a query of one name over and over in time that grows with its length', () => {
		const begun = process.cpuUsage()
		expect(read('password&'.repeat(900))).toBe('approval/malformed')
		expect(read('a&'.repeat(500_000))).toBe('approval/malformed')
		expect(process.cpuUsage(begun).user / 1_000).toBeLessThan(1_000)
	})
})

it('the address that is opened keeps what the endpoint has, and says nothing of a way back that there is not', () => {
	const appName = 'Postern – Ada’s blogs & more'
	const appId = '6f2b1d1a-9c1e-4f0a-8b57-0d6c3b1f2a3e'
	const endpoint = 'https://blog.example/wp-admin/authorize-application.php?lang=ja'
	const url = new URL(writeApprovalUrl(endpoint, { appName, appId }))
	expect(Object.fromEntries(url.searchParams)).toEqual({ lang: 'ja', app_name: appName, app_id: appId })
	const successUrl = 'https://postern.example/connect/return/x'
	const rejectUrl = `${successUrl}?success=false`
	const back = new URL(writeApprovalUrl(endpoint, { appName, appId, successUrl, rejectUrl }))
	expect(back.searchParams.get('success_url')).toBe(successUrl)
	expect(back.searchParams.get('reject_url')).toBe(rejectUrl)
})

describe('#185 the site that a way back names', () => {
	const site = {
		siteUrl: 'https://blog.example/news',
		homeUrl: 'https://www.blog.example',
		wordpressUrl: 'https://blog.example/news/wp',
	}
	const plain = { siteUrl: 'http://blog.example', homeUrl: 'http://blog.example/', wordpressUrl: 'http://blog.example' }

	it.each([
		'https://blog.example/news',
		'https://blog.example/news/',
		'https://BLOG.example/news/wp',
		'https://www.blog.example/',
	])('is the one that was found: %s', (returned) => {
		expect(isSameApprovedSite(returned, site)).toBe(true)
	})

	it('may have moved to https meanwhile', () => {
		expect(isSameApprovedSite('https://blog.example', plain)).toBe(true)
		expect(isSameApprovedSite('https://blog.example', { ...plain, siteUrl: 'http://blog.example:8080' })).toBe(true)
	})

	it.each([
		['CBK-008 another host', 'https://evil.example/news'],
		['CBK-009 http where https was started', 'http://blog.example/news'],
		['another port', 'https://blog.example:8443/news'],
		['another folder', 'https://blog.example/other'],
		['another site of the same host', 'https://blog.example'],
		['a host below it', 'https://blog.example.evil.example/news'],
		['a name before it', 'https://blog.example@evil.example/news'],
		['one with a login', 'https://admin:secret@blog.example/news'],
		['no address', 'blog.example'],
		['another scheme', 'javascript:alert(1)'],
		['one with a query', 'https://blog.example/news?x=1'],
	])('T66 T10 is not %s', (_what, returned) => {
		expect(isSameApprovedSite(returned, site)).toBe(false)
	})
	it('T66 is not one that a site only calls its home: a person may have been sent on to somebody else’s', () => {
		const claiming = { ...site, homeUrl: 'https://victim.example' }
		expect(isSameApprovedSite('https://victim.example', claiming)).toBe(false)
		const siteUrl = 'https://blog.example'
		const www = { siteUrl, wordpressUrl: siteUrl, homeUrl: 'https://www.blog.example' }
		expect(isSameApprovedSite('https://www.blog.example', www)).toBe(true)
	})
})
