import type { SitePerson } from '../wordpress/wordpress-options.ts'
import type { Headers } from './target.ts'

type Login = Pick<SitePerson, 'username' | 'password'>

/** Signs in on WordPress' own page; gives the cookies, or undefined when it said no. */
export async function signInToWordPress(url: string, { username, password }: Login): Promise<string | undefined> {
	const page = await fetch(`${url}/wp-login.php`)
	await page.text()
	const answer = await fetch(`${url}/wp-login.php`, {
		method: 'POST',
		headers: { Cookie: cookiesOf(page) },
		body: new URLSearchParams({ log: username, pwd: password, testcookie: '1', redirect_to: `${url}/wp-admin/` }),
		redirect: 'manual',
	})
	await answer.text()
	return answer.status === 302 && cookiesOf(answer).includes('wordpress_logged_in') ? cookiesOf(answer) : undefined
}

/** Cookies with the nonce that WordPress asks for beside them. */
export async function wordpressSession(url: string, login: Login): Promise<Headers> {
	const cookie = await signInToWordPress(url, login)
	if (cookie === undefined) throw new Error(`${login.username} could not sign in to WordPress`)
	const nonce = await fetch(`${url}/wp-admin/admin-ajax.php?action=rest-nonce`, { headers: { Cookie: cookie } })
	return { Cookie: cookie, 'X-WP-Nonce': await nonce.text() }
}

function cookiesOf(answer: Response): string {
	const pairs = answer.headers.getSetCookie().map((line) => line.split(';', 1)[0] ?? '')
	return pairs.filter((pair) => !pair.endsWith('=') && !pair.endsWith('=%20')).join('; ')
}
