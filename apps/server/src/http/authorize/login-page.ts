import type { WireAnswer, WireRequest } from '@postern/app-passwords'
import type { Language } from '@postern/vocabulary'
import { noticePage } from './notice-page.ts'
import { pageTexts } from './page-texts.ts'

/**
 * The page `/wp-login.php`, to which WordPress' clients and our own authorize page send whoever has to sign in: it leads to
 * Postern's own sign-in and from there back. It takes no credentials, so that no application password ever opens a session.
 */
export function loginPage(origin: string, languageOf: (request: WireRequest) => Language) {
	return (request: WireRequest): WireAnswer => {
		const href = signInPath(request.target, origin)
		if (request.method === 'GET' || request.method === 'HEAD')
			return { status: 302, headers: { Location: href }, body: '' }
		const language = languageOf(request)
		const { title, text, link } = pageTexts[language].login
		return noticePage(403, { title, text, link: { href, text: link } }, language)
	}
}

/** Back to pages of this server only, whatever the address says. */
function signInPath(target: string, origin: string): string {
	const wanted = URL.parse(target, origin)?.searchParams.get('redirect_to') ?? ''
	const to = URL.parse(wanted, origin)
	if (wanted === '' || to?.origin !== origin || to.username !== '' || to.password !== '') return '/sign-in'
	return `/sign-in?return=${encodeURIComponent(to.pathname + to.search)}`
}
