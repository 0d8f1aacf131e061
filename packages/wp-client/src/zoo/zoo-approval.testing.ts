import { type Animal, html, redirect } from './zoo-pages.testing.ts'
import { USERNAME, type Wordpress } from './zoo-wordpress.testing.ts'

/**
 * How the approval page of a site sends the person back: as WordPress does, refused, with the address of another site, with the
 * first state it ever saw, or without any.
 */
export type Approval = 'approves' | 'rejects' | 'names-another-site' | 'replays-the-state' | 'forgets-the-state'

/** Puts WordPress' approval page before a site: who opens it is sent back at once, as if they had pressed a button. */
export function approving(kind: Approval, { passwords }: Pick<Wordpress, 'passwords'>): (next: Animal) => Animal {
	let firstReturn: string | undefined
	return (next) => (seen) => {
		const page = new URL(seen.url, `${seen.isTls ? 'https' : 'http'}://${seen.headers.host ?? ''}`)
		if (!page.pathname.endsWith('/wp-admin/authorize-application.php')) return next(seen)
		const { success_url, reject_url, app_name = '', app_id = '' } = Object.fromEntries(page.searchParams)
		if (success_url === undefined) return html(200, '<title>Authorize Application</title>')
		if (kind === 'rejects') return redirect(withQuery(reject_url ?? success_url, { success: 'false' }), 302)
		firstReturn ??= success_url
		const { password } = passwords.add({ name: app_name, app_id })
		const siteUrl = kind === 'names-another-site' ? 'https://other.example' : page.origin
		const back = kind === 'replays-the-state' ? firstReturn : success_url
		const target = withQuery(back, { site_url: siteUrl, user_login: USERNAME, password })
		return redirect(kind === 'forgets-the-state' ? withoutState(target) : target, 302)
	}
}

function withQuery(address: string, fields: Readonly<Record<string, string>>): string {
	const url = new URL(address)
	for (const [name, value] of Object.entries(fields)) url.searchParams.set(name, value)
	return url.href
}

/** The state is the last part of the path. */
function withoutState(address: string): string {
	const url = new URL(address)
	url.pathname = url.pathname.replace(/[^/]*$/, '')
	return url.href
}
