import { describe, expect, it } from 'vitest'
import { fieldsOf, openPage, textOf } from './authorize-page.testing.ts'

const approved = async (opened: ReturnType<typeof openPage>, query: string, more: Record<string, string> = {}) => {
	const shown = await opened.get(query)
	opened.wait(1_000)
	return opened.post({ ...fieldsOf(shown), approve: '1', ...more })
}
const rejected = async (opened: ReturnType<typeof openPage>, query: string) => {
	const shown = await opened.get(query)
	return opened.post({ ...fieldsOf(shown), reject: '1' })
}
const success = `success_url=${encodeURIComponent('https://app.example/cb?x=1')}`
const rejection = `reject_url=${encodeURIComponent('https://app.example/no?y=2')}`

describe('what is asked', () => {
	it('#156 #157 #158 shows a request without arguments, with https addresses, with an app’s', async () => {
		const { get } = openPage()
		const ofApp = `success_url=${encodeURIComponent('wordpress://example')}`
		for (const query of ['', success, rejection, `${success}&${rejection}`, ofApp]) {
			const { status, headers } = await get(query)
			expect([query, status]).toEqual([query, 200])
			expect(headers['Content-Type']).toBe('text/html; charset=utf-8')
		}
	})

	it.each([
		['#159 http to anywhere', 'http://example.org'],
		['#160 http to localhost', 'http://localhost/cb'],
		['#160 http to 127.0.0.2', 'http://127.0.0.2/cb'],
		['#161 javascript', 'javascript:alert(1)'],
		['#161 data with a host', 'data://host/x'],
		['#162 no host', 'myapp:callback'],
		['#162 another site’s', '//evil.example/'],
		['#163 userinfo', 'https://user:pass@h.example/'],
		['#164 http in capitals', 'HTTP://h.example/'],
		['#165 vbscript', 'vbscript://h/x'],
	])('%s is refused with 400, for either address, without a link to it', async (_, url) => {
		for (const parameter of ['success_url', 'reject_url']) {
			const answer = await openPage().get(`${parameter}=${encodeURIComponent(url)}`)
			expect(answer.status).toBe(400)
			expect(answer.body).not.toContain('<a ')
			expect(answer.body).not.toContain(url)
			expect(answer.headers['Location']).toBeUndefined()
			expect(answer.headers['Content-Security-Policy']).toContain("form-action 'self';")
		}
	})

	it('#159 #160 takes http to this device, and in the environment local to anywhere', async () => {
		const to = (url: string) => `success_url=${encodeURIComponent(url)}`
		const { get } = openPage()
		expect((await get(to('http://127.0.0.1:3000/cb'))).status).toBe(200)
		expect((await get(to('http://[::1]:3000/cb'))).status).toBe(200)
		expect((await openPage({ environment: 'local' }).get(to('http://example.org'))).status).toBe(200)
	})

	it('#166 tells every fault of a request at once', async () => {
		const answer = await openPage().get('app_id=ABC&success_url=javascript:x&reject_url=http://h.example/')
		expect(answer.status).toBe(400)
		for (const about of [
			'app_id: invalid_app_id',
			'success_url: invalid_redirect_url_format',
			'reject_url: invalid_redirect_scheme',
		])
			expect(textOf(answer)).toContain(about)
	})

	it('#167 sends a stranger to sign in, and every parameter along', async () => {
		const query = `app_name=My%20App%26&${success}`
		const answer = await openPage().get(query, {})
		expect(answer.status).toBe(302)
		const location = new URL(answer.headers['Location'] ?? '')
		expect(location.origin + location.pathname).toBe('https://blog.example/wp-login.php')
		expect(location.searchParams.get('reauth')).toBe('1')
		expect(location.searchParams.get('redirect_to')).toBe(
			`https://blog.example/wp-admin/authorize-application.php?${query}`,
		)
	})

	it.each([
		[`${success}&${rejection}`, 'https://app.example/no?y=2&error=disabled'],
		[success, 'https://app.example/cb?x=1&success=false&error=disabled'],
		['', 'https://blog.example/wp-admin/'],
	])('#168 while switched off answers 501, and leads back (%s)', async (query, back) => {
		for (const hooks of [
			{ wp_is_application_passwords_available: () => false },
			{ wp_is_application_passwords_available_for_user: () => false },
		]) {
			const answer = await openPage({ hooks }).get(query)
			expect(answer.status).toBe(501)
			expect(answer.body).toContain(`href="${back.replaceAll('&', '&amp;')}"`)
		}
	})

	it('#169 answers 501 to a request with Basic credentials', async () => {
		const answer = await openPage().get(rejection, { cookie: 'one', authorization: 'Basic YTpi' })
		expect(answer.status).toBe(501)
		expect(answer.body).toContain('error=disabled')
	})

	it('#179 is never framed, never kept, and never named to the next page', async () => {
		const { headers } = await openPage().get(success)
		expect(headers['Content-Security-Policy']).toContain("frame-ancestors 'none'")
		expect(headers['X-Frame-Options']).toBe('DENY')
		expect(headers['Referrer-Policy']).toBe('no-referrer')
		expect(headers['Cache-Control']).toBe('no-store')
	})

	it.each([
		[
			`${success}&reject_url=${encodeURIComponent('https://other.example:8443/')}`,
			' https://app.example https://other.example:8443;',
		],
		['success_url=myapp%3A%2F%2Fcb', ' myapp:;'],
		[`success_url=${encodeURIComponent('http://127.0.0.1:3000/cb')}`, ' http://127.0.0.1:3000;'],
		[`success_url=${encodeURIComponent('http://[::1]:3000/cb')}`, ' http://*:3000;'],
		['', ';'],
	])('admits the form to the application’s addresses and to no other (%s)', async (query, sources) => {
		const { headers } = await openPage().get(query)
		expect(headers['Content-Security-Policy']).toContain(`form-action 'self'${sources}`)
		expect(headers['Content-Security-Policy']).not.toContain('unsafe')
	})

	it('#180 shows a hostile name as text, and keeps the name as the person changed it', async () => {
		const opened = openPage()
		const shown = await opened.get(`app_name=${encodeURIComponent('<b>"Bold"</b>')}`)
		expect(shown.body).not.toContain('<b>"Bold"')
		expect(fieldsOf(shown)['app_name']).toBe('<b>"Bold"</b>')
		opened.wait(1_000)
		const answer = await opened.post({ ...fieldsOf(shown), app_name: 'My laptop', approve: '1' })
		expect(answer.status).toBe(200)
		expect((await opened.list()).map(({ name }) => name)).toEqual(['My laptop'])
	})

	it('#181 names the host first, then the name it gives itself, the account, the rights and how long', async () => {
		const text = textOf(await openPage().get(`app_name=Trusty&${success}`))
		const order = [
			'app.example asks',
			'The password goes to app.example',
			'Trusty',
			'ada',
			'It will be able to',
			'Until you',
		]
		const places = order.map((piece) => text.indexOf(piece))
		expect(places.every((place) => place >= 0)).toBe(true)
		expect(places).toEqual(places.toSorted((a, b) => a - b))
		expect(text).toContain('Nobody has checked it.')
	})

	it('#181 shows a custom scheme as what it is', async () => {
		const text = textOf(await openPage().get('success_url=myapp%3A%2F%2Fexample.com%2Fcb'))
		expect(text).toContain('It opens the app registered for myapp: on this device.')
	})

	it('shows a host in other letters in both forms, and not where it mixes scripts', async () => {
		const { get } = openPage()
		const plain = await get(`success_url=${encodeURIComponent('https://xn--mnchen-3ya.example/')}`)
		expect(textOf(plain)).toContain('xn--mnchen-3ya.example That is münchen.example')
		const mixed = textOf(await get(`success_url=${encodeURIComponent('https://xn--pple-43d.example/')}`))
		expect(mixed).toContain('mixes writing systems')
		expect(mixed).not.toContain('аpple')
	})

	it('speaks Japanese to whoever reads it', async () => {
		const answer = await openPage().get(success, { cookie: 'one', 'accept-language': 'ja,en;q=0.5' })
		expect(answer.headers['Content-Language']).toBe('ja')
		expect(textOf(answer)).toContain('承認する')
	})
})

describe('what is answered', () => {
	it.each([
		[rejection, 'https://app.example/no?y=2'],
		[`${success}&${rejection}`, 'https://app.example/no?y=2'],
		[success, 'https://app.example/cb?x=1&success=false'],
		['', 'https://blog.example/wp-admin/'],
	])('#170 on reject leads where it should (%s)', async (query, location) => {
		const opened = openPage()
		const answer = await rejected(opened, query)
		expect([answer.status, answer.headers['Location']]).toEqual([303, location])
		expect(await opened.list()).toEqual([])
	})

	it.each([success, `${success}&${rejection}`])(
		'#171 on approve leads to the application with all three (%s)',
		async (query) => {
			const opened = openPage()
			const answer = await approved(opened, `app_name=App&${query}`)
			expect(answer.status).toBe(303)
			expect(answer.headers['X-Redirect-By']).toBe('Postern')
			const location = new URL(answer.headers['Location'] ?? '')
			expect(location.origin + location.pathname).toBe('https://app.example/cb')
			expect([...location.searchParams.keys()]).toEqual(['x', 'site_url', 'user_login', 'password'])
			expect(location.searchParams.get('site_url')).toBe('https://blog.example')
			expect(location.searchParams.get('user_login')).toBe('ada')
			expect(answer.body).toBe('')
		},
	)

	it.each(['', rejection])('#172 without a success_url shows the password once on the page (%s)', async (query) => {
		const opened = openPage()
		const answer = await approved(opened, `app_name=App&${query}`)
		expect(answer.status).toBe(200)
		expect(answer.body).toMatch(/value="(?:[A-Za-z0-9]{4} ){5}[A-Za-z0-9]{4}"/)
		expect(answer.headers['Cache-Control']).toBe('no-store')
	})

	it('#173 #174 appends the raw 24 characters, which work', async () => {
		const opened = openPage()
		const answer = await approved(opened, `app_name=App&${success}`)
		expect(answer.headers['Location']).toMatch(/&password=[A-Za-z0-9]{24}$/)
		const [password] = await opened.list()
		expect(password).toMatchObject({ name: 'App', grants: { scopes: ['everything'] } })
	})

	it('#173 #174 refuses a callback that brings such fields along, and one with a fragment', async () => {
		const { get } = openPage()
		for (const url of [
			'https://app.example/?password=1',
			'https://app.example/?user.login=z',
			'https://app.example/#x',
		])
			expect((await get(`success_url=${encodeURIComponent(url)}`)).status).toBe(400)
	})

	it('#175 without its token, with a wrong one, or of another sign-in a form does nothing', async () => {
		const opened = openPage()
		const fields = fieldsOf(await opened.get(success))
		opened.wait(1_000)
		const { _wpnonce, ...without } = fields
		for (const form of [without, { ...fields, _wpnonce: 'wrong' }, { approve: '1', app_name: 'App' }])
			expect((await opened.post({ ...form, approve: '1' })).status).toBe(403)
		expect((await opened.post({ ...fields, approve: '1' }, { cookie: 'another' })).status).toBe(403)
		expect(await opened.list()).toEqual([])
		expect((await opened.post({ ...fields, app_name: 'App', approve: '1' })).status).toBe(303)
	})

	it('refuses a form that another site sent, and takes one of a browser that tells no origin', async () => {
		const opened = openPage()
		const from = async (headers: Record<string, string>) => {
			const fields = fieldsOf(await opened.get(`app_name=App&${success}`))
			opened.wait(1_000)
			return (await opened.post({ ...fields, approve: '1' }, { cookie: 'one', ...headers })).status
		}
		expect(await from({ 'sec-fetch-site': 'cross-site' })).toBe(403)
		expect(await from({ 'sec-fetch-site': 'same-site' })).toBe(403)
		expect(await from({ origin: 'https://evil.example' })).toBe(403)
		expect(await opened.list()).toEqual([])
		expect(await from({ origin: 'null', 'sec-fetch-site': 'same-origin' })).toBe(303)
		expect(await from({ origin: 'null' })).toBe(303)
	})

	it('#176 takes both buttons for reject', async () => {
		const opened = openPage()
		const fields = fieldsOf(await opened.get(`app_name=App&${success}`))
		opened.wait(1_000)
		const answer = await opened.post({ ...fields, approve: '1', reject: '1' })
		expect(answer.headers['Location']).toContain('success=false')
		expect(await opened.list()).toEqual([])
	})

	it.each(['', '   ', '<i></i>'])(
		'#177 asks for a name where there is none left (%j), and takes the form again',
		async (name) => {
			const opened = openPage()
			const answer = await approved(opened, success, { app_name: name })
			expect(answer.status).toBe(200)
			expect(textOf(answer)).toContain('Give the password a name.')
			expect(answer.body).toContain('aria-invalid="true"')
			expect(await opened.list()).toEqual([])
			opened.wait(1_000)
			expect((await opened.post({ ...fieldsOf(answer), app_name: 'App', approve: '1' })).status).toBe(303)
		},
	)

	it.each([
		['success_url', 'http://evil.example/'],
		['success_url', 'javascript:alert(1)'],
		['reject_url', 'https://evil.example/'],
		['app_id', 'x'],
		['scope', 'everything'],
	])('#178 refuses a form that brings another %s than was shown (%s)', async (name, value) => {
		const opened = openPage()
		const answer = await approved(opened, `app_name=App&${success}`, { [name]: value })
		expect(answer.status).toBe(400)
		expect(await opened.list()).toEqual([])
	})

	it('#178 refuses an approval when the feature was switched off after the page was shown', async () => {
		let isOn = true
		const opened = openPage({ hooks: { wp_is_application_passwords_available: () => isOn } })
		const fields = fieldsOf(await opened.get(`app_name=App&${success}`))
		opened.wait(1_000)
		isOn = false
		expect((await opened.post({ ...fields, approve: '1' })).status).toBe(501)
		expect(await opened.list()).toEqual([])
	})

	it('#182 makes one password of two answers, at once or one after the other', async () => {
		const opened = openPage()
		const fields = fieldsOf(await opened.get(`app_name=App&${success}`))
		opened.wait(1_000)
		const form = { ...fields, approve: '1' }
		const statuses = (await Promise.all([opened.post(form), opened.post(form)])).map(({ status }) => status)
		expect(statuses.toSorted((one, other) => one - other)).toEqual([303, 409])
		expect((await opened.post(form)).status).toBe(409)
		expect(await opened.list()).toHaveLength(1)
	})

	it('shows the page again to whoever approves before he can have read it, and then lets him', async () => {
		const opened = openPage()
		const fields = fieldsOf(await opened.get(`app_name=App&${success}`))
		opened.wait(200)
		const again = await opened.post({ ...fields, app_name: 'Mine', approve: '1' })
		expect(again.status).toBe(409)
		expect(textOf(again)).toContain('quicker than anybody reads')
		expect(await opened.list()).toEqual([])
		opened.wait(700)
		expect((await opened.post({ ...fieldsOf(again), approve: '1' })).status).toBe(303)
		expect((await opened.list()).map(({ name }) => name)).toEqual(['Mine'])
	})

	it('forgets a request after ten minutes', async () => {
		const opened = openPage()
		const fields = fieldsOf(await opened.get(`app_name=App&${success}`))
		opened.wait(600_000)
		expect((await opened.post({ ...fields, approve: '1' })).status).toBe(409)
	})

	it('never lets an address approve', async () => {
		const opened = openPage()
		const fields = fieldsOf(await opened.get(`app_name=App&${success}`))
		opened.wait(1_000)
		for (const query of [String(new URLSearchParams({ ...fields, approve: '1' })), 'action=approve', 'approve=']) {
			const answer = await opened.get(query)
			expect([answer.status, answer.headers['Allow']]).toEqual([405, 'POST'])
		}
		expect((await opened.send('DELETE', '/wp-admin/authorize-application.php')).status).toBe(405)
		expect(await opened.list()).toEqual([])
	})

	it('asks somebody whose sign-in ended meanwhile to sign in, and shows the request anew', async () => {
		const opened = openPage()
		const fields = fieldsOf(await opened.get(success))
		opened.wait(1_000)
		const answer = await opened.post({ ...fields, approve: '1' }, {})
		expect(answer.status).toBe(303)
		expect(new URL(answer.headers['Location'] ?? '').searchParams.get('redirect_to')).toBe(
			`https://blog.example/wp-admin/authorize-application.php?${success}`,
		)
		expect(await opened.list()).toEqual([])
	})

	it('reads forms only, and not without end', async () => {
		const { send } = openPage()
		const target = '/wp-admin/authorize-application.php'
		const as = (type: string) => ({ cookie: 'one', 'content-type': type })
		expect((await send('POST', target, as('application/json'), '{"approve":1}')).status).toBe(415)
		expect((await send('POST', target, as('text/plain'), 'approve=1')).status).toBe(415)
		const large = 'a='.padEnd(70_000, 'x')
		expect((await send('POST', target, as('application/x-www-form-urlencoded'), large)).status).toBe(413)
	})

	it('brings its style and its script as files of its own', async () => {
		const { send } = openPage()
		const style = await send('GET', '/wp-admin/authorize-application.css', {})
		const script = await send('GET', '/wp-admin/authorize-application.js', {})
		expect(style.headers['Content-Type']).toBe('text/css; charset=utf-8')
		expect(script.headers['Content-Type']).toBe('text/javascript; charset=utf-8')
		expect(script.body).not.toMatch(/innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval|Function\(/)
		const page = await openPage().get('')
		expect(page.body).not.toMatch(/<script>|<style| style=| on\w+=/)
	})
})
