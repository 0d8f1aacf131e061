import type { WireAnswer } from '@postern/app-passwords'
import { html } from '@postern/app-passwords/authorize'
import type { Language } from '@postern/vocabulary'

type Notice = {
	readonly title: string
	readonly text: string
	readonly link: { readonly href: string; readonly text: string }
}

/** A page that says one thing and leads on. */
export function noticePage(status: number, { title, text, link }: Notice, language: Language): WireAnswer {
	const body = html`<!doctype html>
		<html lang="${language}">
			<head>
				<meta charset="utf-8" />
				<meta name="viewport" content="width=device-width, initial-scale=1" />
				<title>${title} – Postern</title>
				<link rel="icon" href="/favicon.svg" />
				<link rel="stylesheet" href="/wp-admin/authorize-application.css" />
			</head>
			<body>
				<div class="page">
					<main>
						<h1>${title}</h1>
						<p>${text}</p>
						<p><a class="button" href="${link.href}">${link.text}</a></p>
					</main>
				</div>
			</body>
		</html> `
	return {
		status,
		headers: {
			'Content-Type': 'text/html; charset=utf-8',
			'Content-Language': language,
			'Content-Security-Policy': policy,
		},
		body: String(body),
	}
}

const policy =
	"default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
