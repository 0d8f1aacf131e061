import { Secret } from '@postern/vocabulary'
import { formatBasicCredentials, formatXmlRpcCall, readXmlRpcResponse } from '@postern/wordpress'
import type { Answer, Headers, PersonName, Place, Question, XmlRpcOutcome, XmlRpcValue } from './target.ts'

/** Asks a path below the place's own address; follows no redirect. */
export async function ask(place: Pick<Place, 'url'>, path: string, question: Question = {}): Promise<Answer> {
	const response = await fetch(`${place.url}${path}`, {
		method: question.method ?? (hasBody(question) ? 'POST' : 'GET'),
		headers: { ...contentType(question), ...question.headers },
		body: bodyOf(question),
		redirect: 'manual',
	})
	const text = await response.text()
	return { status: response.status, headers: response.headers, text, body: readJson(text) }
}

/** The application passwords of one person, as a path: `/users/3/application-passwords` with what comes after it. */
export function passwordsOf(owner: Place | 'me', person?: PersonName, rest = ''): string {
	const user = owner === 'me' || person === undefined ? 'me' : owner.people[person].id
	return `/wp-json/wp/v2/users/${user}/application-passwords${rest}`
}

export const mine = (rest = ''): string => passwordsOf('me', undefined, rest)

export function basic(username: string, password: string): Headers {
	return { Authorization: formatBasicCredentials(username, new Secret(password)) }
}

export async function callXmlRpc(
	place: Pick<Place, 'url'>,
	method: string,
	parameters: readonly XmlRpcValue[] = [],
	headers: Headers = {},
): Promise<XmlRpcOutcome> {
	return sendXml(place, formatXmlRpcCall(method, parameters), headers)
}

export async function sendXml(place: Pick<Place, 'url'>, body: string, headers: Headers = {}): Promise<XmlRpcOutcome> {
	const answer = await ask(place, '/xmlrpc.php', { body, headers: { 'Content-Type': 'text/xml', ...headers } })
	return { ...readXmlRpcResponse(answer.text), status: answer.status, headers: answer.headers }
}

function hasBody({ json, form, body }: Question): boolean {
	return json !== undefined || form !== undefined || body !== undefined
}

function contentType({ json, form }: Question): Headers {
	if (json !== undefined) return { 'Content-Type': 'application/json' }
	return form === undefined ? {} : { 'Content-Type': 'application/x-www-form-urlencoded' }
}

function bodyOf({ json, form, body }: Question): string | Uint8Array<ArrayBuffer> | null {
	if (json !== undefined) return JSON.stringify(json)
	return form === undefined ? (body ?? null) : new URLSearchParams(form).toString()
}

function readJson(text: string): unknown {
	try {
		return JSON.parse(text)
	} catch {
		return undefined
	}
}
