import { multipart, multipartType, pixel, pixelPart, type WireBody } from './bodies.ts'
import type { Random } from './random.ts'
import type { Draft } from './spellings.ts'

/** Ways to send a file to `/wp/v2/media`. */
const ways: Readonly<Record<string, (draft: Draft, random: Random) => WireBody>> = {
	raw: (draft) => {
		draft.headers.push(['Content-Disposition', 'attachment; filename="dot.png"'])
		return { contentType: 'image/png', bytes: pixel }
	},
	'raw, odd name': (draft, random) => {
		const name = random.pick([
			'dot.php',
			'dot.svg',
			'../dot.png',
			'dot.png.php',
			'd\\"ot.png',
			"UTF-8''dot%2Ephp",
			'.htaccess',
			'dot.html',
			'',
		])
		draft.headers.push([
			'Content-Disposition',
			random.chance(0.5) ? `attachment; filename="${name}"` : `attachment; filename*=${name}`,
		])
		return { contentType: 'image/png', bytes: pixel }
	},
	'raw, odd type': (draft, random) => {
		draft.headers.push(['Content-Disposition', 'attachment; filename="dot.png"'])
		return {
			contentType: random.pick([
				'text/html',
				'image/svg+xml',
				'application/x-php',
				'application/javascript',
				'text/xml',
			]),
			bytes: pixel,
		}
	},
	'raw, without a name': () => ({ contentType: 'image/png', bytes: pixel }),
	form: () => ({
		contentType: multipartType,
		bytes: multipart(
			[
				['title', 'Dot'],
				['alt_text', 'A dot'],
			],
			pixelPart('file'),
		),
	}),
	'form, more fields': (_, random) => ({
		contentType: multipartType,
		bytes: multipart(
			[
				random.pick([
					['status', 'publish'],
					['rest_route', '/wp/v2/users/me'],
					['author', '1'],
					['post', '4'],
					['id', '4'],
					['_method', 'DELETE'],
					['meta[x]', '1'],
					['rest.route', '/wp/v2/settings'],
					['slug', 'x'],
				]),
			],
			pixelPart('file'),
		),
	}),
	'form, odd file': (_, random) => ({
		contentType: multipartType,
		bytes: multipart(
			[],
			random.pick([
				pixelPart('file', 'dot.php', 'image/png'),
				pixelPart('other'),
				pixelPart('file', '../dot.png'),
				pixelPart('file', 'dot.svg', 'image/svg+xml'),
				pixelPart('file[]'),
			]),
		),
	}),
	'form, two files': () => ({
		contentType: multipartType,
		bytes: Buffer.concat([multipart([], pixelPart('file')).subarray(0, -37), multipart([], pixelPart('file'))]),
	}),
	'form, broken': (_, random) => {
		const whole = multipart([['title', 'Dot']], pixelPart('file'))
		return {
			contentType: random.pick([
				multipartType,
				'multipart/form-data',
				'multipart/form-data; boundary=other',
				'multipart/mixed; boundary=postern-differential-boundary',
				`${multipartType}; boundary=second`,
			]),
			bytes: whole.subarray(0, random.pick([whole.length, whole.length - 10, 40])),
		}
	},
	'fields alone': () => ({ contentType: 'application/json', bytes: Buffer.from('{"title":"x"}') }),
}

/** Makes the draft an upload, and says of which kind. */
export function makeUpload(random: Random, draft: Draft): string {
	const [name, write] = random.pick(Object.entries(ways))
	draft.method = 'POST'
	draft.path = '/wp-json/wp/v2/media'
	draft.body = write(draft, random)
	return name
}
