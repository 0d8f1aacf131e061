import type { Json } from './plain-request.ts'
import type { Random } from './random.ts'

export type WireBody = { readonly contentType: string | undefined; readonly bytes: Uint8Array }
type Fields = Readonly<Record<string, Json>>

/** A way to put fields into a body. */
export type BodyKind = { readonly name: string; write(fields: Fields, random: Random): WireBody }

const boundary = 'postern-differential-boundary'
const text = (contentType: string | undefined, body: string): WireBody => ({ contentType, bytes: Buffer.from(body) })
const json = (contentType: string | undefined, fields: Fields): WireBody => text(contentType, JSON.stringify(fields))

/** As PHP reads forms: lists and maps by brackets. */
export function formPairs(fields: Fields): readonly (readonly [string, string])[] {
	return Object.entries(fields).flatMap(([name, value]) => pairsOf(name, value))
}

function pairsOf(name: string, value: Json): readonly (readonly [string, string])[] {
	if (value === null) return []
	if (typeof value !== 'object') return [[name, value === true ? '1' : value === false ? '0' : String(value)]]
	return Object.entries(value).flatMap(([key, one]) => pairsOf(`${name}[${Array.isArray(value) ? '' : key}]`, one))
}

export function multipart(pairs: readonly (readonly [string, string])[], file?: FilePart): Buffer {
	const parts = pairs.map(([name, value]) => partOf(`form-data; name="${name}"`, undefined, Buffer.from(value)))
	if (file !== undefined)
		parts.push(partOf(`form-data; name="${file.field}"; filename="${file.filename}"`, file.contentType, file.bytes))
	return Buffer.concat([...parts, Buffer.from(`--${boundary}--\r\n`)])
}

export const multipartType = `multipart/form-data; boundary=${boundary}`

export type FilePart = {
	readonly field: string
	readonly filename: string
	readonly contentType: string
	readonly bytes: Uint8Array
}

function partOf(disposition: string, contentType: string | undefined, bytes: Uint8Array): Buffer {
	const type = contentType === undefined ? '' : `Content-Type: ${contentType}\r\n`
	const head = `--${boundary}\r\nContent-Disposition: ${disposition}\r\n${type}\r\n`
	return Buffer.concat([Buffer.from(head), bytes, Buffer.from('\r\n')])
}

const formType = 'application/x-www-form-urlencoded'
const form = (fields: Fields): string => new URLSearchParams(formPairs(fields).map(([...pair]) => pair)).toString()

/** Those that clients send. */
export const ordinaryBodies: readonly BodyKind[] = [
	{ name: 'json', write: (fields) => json('application/json', fields) },
	{ name: 'form', write: (fields) => text(formType, form(fields)) },
	{ name: 'multipart', write: (fields) => ({ contentType: multipartType, bytes: multipart(formPairs(fields)) }) },
]

/** A field more, whose reading differs from parser to parser. */
const withRaw = (fields: Fields, raw: string): string => {
	const plain = JSON.stringify(fields)
	return plain === '{}' ? `{${raw}}` : `{${plain.slice(1, -1)},${raw}}`
}

export const oddBodies: readonly BodyKind[] = [
	{ name: 'json, charset', write: (fields) => json('application/json; charset=utf-8', fields) },
	{ name: 'json, other charset', write: (fields) => json('application/json; charset=utf-16', fields) },
	{ name: 'json, capitals', write: (fields) => json('Application/JSON', fields) },
	{ name: '+json', write: (fields) => json('application/vnd.api+json', fields) },
	{ name: 'json as text', write: (fields) => json('text/plain', fields) },
	{ name: 'json without a type', write: (fields) => json(undefined, fields) },
	{ name: 'json in two types', write: (fields) => json('application/json, text/plain', fields) },
	{ name: 'json as a form', write: (fields) => json(formType, fields) },
	{
		name: 'json, a key twice',
		write: (fields) => text('application/json', withRaw(fields, '"status":"draft","status":"publish"')),
	},
	{
		name: 'json, a key twice by escape',
		write: (fields) => text('application/json', withRaw(fields, '"status":"draft","st\\u0061tus":"publish"')),
	},
	{
		name: 'json, __proto__',
		write: (fields) => text('application/json', withRaw(fields, '"__proto__":{"status":"publish"}')),
	},
	{ name: 'json, mark in front', write: (fields) => text('application/json', `\ufeff${JSON.stringify(fields)}`) },
	{ name: 'json, a list', write: (fields) => text('application/json', `[${JSON.stringify(fields)}]`) },
	{ name: 'json, cut short', write: (fields) => text('application/json', JSON.stringify(fields).slice(0, -1)) },
	{
		name: 'json, more behind',
		write: (fields) => text('application/json', `${JSON.stringify(fields)}{"status":"publish"}`),
	},
	{
		name: 'json, big numbers',
		write: (fields) =>
			text('application/json', withRaw(fields, '"featured_media":1e400,"menu_order":12345678901234567890')),
	},
	{ name: 'json, lone surrogate', write: (fields) => text('application/json', withRaw(fields, '"excerpt":"\\ud800"')) },
	{
		name: 'json, no UTF-8',
		write: (fields) => ({
			contentType: 'application/json',
			bytes: Buffer.from(withRaw(fields, '"excerpt":"\xff"'), 'latin1'),
		}),
	},
	{ name: 'json, empty', write: () => text('application/json', '') },
	{ name: 'form, a name twice', write: (fields) => text(formType, `${form(fields)}&status=draft&status=publish`) },
	{
		name: 'form, a list and a text',
		write: (fields) => text(formType, `${form(fields)}&status[]=draft&status=publish`),
	},
	{
		name: 'form, spelled as PHP reads it',
		write: (fields, random) =>
			text(
				formType,
				`${form(fields)}&${random.pick(['+status=publish', 'st%61tus=publish', 'status%00x=publish', 'status[=publish', 'comment.status=open', 'comment+status=open'])}`,
			),
	},
	{ name: 'form, over 1000 fields', write: (fields) => text(formType, `${'x[]=1&'.repeat(1_000)}${form(fields)}`) },
	{ name: 'form, semicolons', write: (fields) => text(formType, `${form(fields)};status=publish`) },
	{ name: 'form, other charset', write: (fields) => text(`${formType}; charset=utf-7`, form(fields)) },
	{
		name: 'form, rest_route',
		write: (fields, random) =>
			text(
				formType,
				`${form(fields)}&${random.pick(['rest_route=/wp/v2/users/me', 'rest.route=/wp/v2/settings', '+rest_route=/wp/v2/users', 'rest[route=/wp/v2/users/me', '_method=DELETE', '_jsonp=x', '_envelope=1'])}`,
			),
	},
	{
		name: 'multipart, rest_route',
		write: (fields, random) => ({
			contentType: multipartType,
			bytes: multipart([
				...formPairs(fields),
				[random.pick(['rest_route', 'rest.route', 'rest[route', ' rest_route']), '/wp/v2/users/me'],
			]),
		}),
	},
	{
		name: 'multipart, a name twice',
		write: (fields) => ({
			contentType: multipartType,
			bytes: multipart([...formPairs(fields), ['status', 'draft'], ['status', 'publish']]),
		}),
	},
	{
		name: 'multipart, with a file',
		write: (fields) => ({ contentType: multipartType, bytes: multipart(formPairs(fields), pixelPart('file')) }),
	},
	{ name: 'xml', write: (fields) => text('application/xml', `<fields>${JSON.stringify(fields)}</fields>`) },
	{ name: 'compressed', write: (fields) => json('application/json', fields) },
]

/** One transparent dot. */
export const pixel = Buffer.from(
	'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
	'base64',
)
export const pixelPart = (field: string, filename = 'dot.png', contentType = 'image/png'): FilePart => ({
	field,
	filename,
	contentType,
	bytes: pixel,
})
