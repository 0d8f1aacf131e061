import type { RedirectUrl } from '@postern/wordpress'
import type { WireAnswer } from '../http/wire.ts'
import { html, type Html } from './html.ts'
import type { PageLanguage } from './texts.ts'

/** A page without what surrounds it. */
export type PageBody = {
	readonly title: string
	readonly main: Html
	/** Where the form may lead once it was answered: to the application and nowhere else. */
	readonly leadsTo?: readonly RedirectUrl[]
}

export type Frame = {
	readonly language: PageLanguage
	readonly siteName: string
	readonly header: Html | undefined
	readonly head: Html | undefined
}

/** Never kept, never framed, never named to the next page. */
const privateHeaders = {
	'Cache-Control': 'no-store',
	'Referrer-Policy': 'no-referrer',
	'X-Frame-Options': 'DENY',
	'X-Content-Type-Options': 'nosniff',
	'Cross-Origin-Opener-Policy': 'same-origin',
} as const

export function pageAnswer(status: number, { title, main, leadsTo = [] }: PageBody, frame: Frame): WireAnswer {
	const { language, siteName, header, head } = frame
	const page = html`<!doctype html>
		<html lang="${language}">
			<head>
				<meta charset="utf-8" />
				<meta name="viewport" content="width=device-width, initial-scale=1" />
				<meta name="robots" content="noindex" />
				<title>${title} – ${siteName}</title>
				<link rel="stylesheet" href="authorize-application.css" />
				<script src="authorize-application.js" defer></script>
				${head}
			</head>
			<body>
				<div class="page">
					${header}
					<main>
						<h1>${title}</h1>
						${main}
					</main>
				</div>
			</body>
		</html> `
	return {
		status,
		headers: {
			...privateHeaders,
			'Content-Type': 'text/html; charset=utf-8',
			'Content-Language': language,
			'Content-Security-Policy': policy(leadsTo),
		},
		body: String(page),
	}
}

/** 303 and never 307 or 308: whatever was posted here is not posted again there. */
export function redirectAnswer(status: 302 | 303, location: string): WireAnswer {
	return {
		status,
		headers: {
			...privateHeaders,
			'Content-Security-Policy': policy([]),
			Location: location,
			'X-Redirect-By': 'Postern',
		},
		body: '',
	}
}

export function fileAnswer(type: string, body: string): WireAnswer {
	return {
		status: 200,
		headers: {
			'Content-Type': `${type}; charset=utf-8`,
			'Cache-Control': 'public, max-age=300',
			'X-Content-Type-Options': 'nosniff',
			'Cross-Origin-Resource-Policy': 'same-origin',
		},
		body,
	}
}

function policy(leadsTo: readonly RedirectUrl[]): string {
	const targets = [...new Set(leadsTo.map(sourceOf))]
	return [
		"default-src 'none'",
		"script-src 'self'",
		"style-src 'self'",
		"img-src 'self'",
		"connect-src 'self'",
		// Browsers hold a redirect after a form to this as well.
		['form-action', "'self'", ...targets].join(' '),
		"base-uri 'none'",
		"frame-ancestors 'none'",
		"require-trusted-types-for 'script'",
		"trusted-types 'none'",
	].join('; ')
}

/** CSP has no way to write an IPv6 address: there the port has to do. */
function sourceOf({ kind, url, scheme }: RedirectUrl): string {
	if (kind === 'app') return `${scheme}:`
	const { origin, hostname, port } = new URL(url)
	return hostname.startsWith('[') ? `${scheme}://*${port === '' ? '' : `:${port}`}` : origin
}
