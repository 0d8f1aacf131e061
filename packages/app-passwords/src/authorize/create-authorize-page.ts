import type { WireAnswer, WireRequest } from '../http/wire.ts'
import type { Grants, User } from '../types.ts'
import { admitRequest } from './admit-request.ts'
import { answerForm, readForm } from './answer-form.ts'
import { fieldText } from './form-fields.ts'
import type { AuthorizePageOptions, Form, Visitor } from './options.ts'
import { fileAnswer, redirectAnswer } from './page-answer.ts'
import { pageScript } from './page-script.ts'
import { pageStyles } from './page-styles.ts'
import { showRequest } from './show-request.ts'
import { openStage, type Stage } from './stage.ts'

/**
 * Makes the page `/wp-admin/authorize-application.php`, where a person gives an application a password or does not. It also
 * answers for the two files beside it, `authorize-application.css` and `authorize-application.js`: mount all three.
 */
export function createAuthorizePage<U extends User, V extends Visitor<U>, G extends Grants>(
	options: AuthorizePageOptions<U, V, G>,
): (request: WireRequest) => Promise<WireAnswer> {
	const stage = openStage(options)
	return async (request) => {
		const { path, query } = splitTarget(request.target)
		if (path.endsWith('.css')) return fileAnswer('text/css', pageStyles)
		if (path.endsWith('.js')) return fileAnswer('text/javascript', pageScript)
		const visitor = await stage.findVisitor(request)
		switch (request.method) {
			case 'GET':
			case 'HEAD':
				return showPage(stage, { request, visitor, query })
			case 'POST':
				return takeForm(stage, { request, visitor, path })
			default:
				return refuseMethod(stage, { request, visitor }, 'GET, HEAD, POST')
		}
	}
}

type Came<V> = { readonly request: WireRequest; readonly visitor: V | undefined }

async function showPage<U extends User, V extends Visitor<U>, G extends Grants>(
	stage: Stage<U, V, G>,
	{ request, visitor, query }: Came<V> & { readonly query: string },
): Promise<WireAnswer> {
	if (visitor === undefined) {
		const here = new URL(stage.site.url).origin + request.target
		return redirectAnswer(302, stage.signInUrl(here))
	}
	// An address that claims to be an answer: links, images and previews follow addresses.
	if (/(?:^|&)(?:action|approve)=/.test(query)) return refuseMethod(stage, { request, visitor }, 'POST')
	const language = stage.languageOf(request, visitor)
	const admitted = await admitRequest(stage, { query, visitor, language, request })
	return admitted.ok ? showRequest(stage, { query, showing: admitted.showing }) : admitted.answer
}

async function takeForm<U extends User, V extends Visitor<U>, G extends Grants>(
	stage: Stage<U, V, G>,
	{ request, visitor, path }: Came<V> & { readonly path: string },
): Promise<WireAnswer> {
	const language = stage.languageOf(request, visitor)
	if (isFromElsewhere(request, stage.site.url)) return stage.refuse(403, 'elsewhere', language)
	const read = await readForm(request)
	if ('refusal' in read) return stage.refuse(read.refusal === 'tooLarge' ? 413 : 415, read.refusal, language)
	const { form } = read
	if (visitor !== undefined) return answerForm(stage, { request, form, visitor, language })
	return redirectAnswer(303, stage.signInUrl(await addressOfShown(stage, { path, form })))
}

/** Where somebody whose sign-in ended meanwhile is asked again. */
async function addressOfShown<U extends User, V extends Visitor<U>, G extends Grants>(
	{ requests, site }: Stage<U, V, G>,
	{ path, form }: { readonly path: string; readonly form: Form },
): Promise<string> {
	const kept = await requests.find(fieldText(form, 'request_id'))
	return new URL(site.url).origin + path + (kept === undefined || kept.query === '' ? '' : `?${kept.query}`)
}

/** Fetch Metadata and, from browsers without it, the origin. Without a referrer a form of our own has the origin `null`. */
function isFromElsewhere(request: WireRequest, siteUrl: string): boolean {
	const site = request.header('sec-fetch-site')
	if (site !== undefined) return site !== 'same-origin' && site !== 'none'
	const origin = request.header('origin')
	return origin !== undefined && origin !== 'null' && origin !== new URL(siteUrl).origin
}

function refuseMethod<U extends User, V extends Visitor<U>, G extends Grants>(
	stage: Stage<U, V, G>,
	{ request, visitor }: Came<V>,
	allow: string,
): WireAnswer {
	const answer = stage.refuse(405, 'method', stage.languageOf(request, visitor))
	return { ...answer, headers: { ...answer.headers, Allow: allow } }
}

function splitTarget(target: string): { readonly path: string; readonly query: string } {
	const mark = target.indexOf('?')
	return mark === -1 ? { path: target, query: '' } : { path: target.slice(0, mark), query: target.slice(mark + 1) }
}
