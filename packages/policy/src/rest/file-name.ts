import { readHeaderParameters } from './header-parameters.ts'

const maxLength = 120
/** What a site would run, or a browser would run in the site's name; WordPress refuses most of them itself. */
const refusedExtensions =
	/^(?:php\d*|phps|pht|phtml|phar|inc|html?|shtml?|xhtml?|mht|mhtml|svgz?|xml|xslt?|m?js|cjs|mjs|jsx?|tsx?|swf|css|htaccess|htpasswd|ini|cgi|pl|py|rb|asp|aspx|jsp|exe|sh|bat|cmd|com|dll)$/
const refusedTypes = /html|xml|script|php|json|css|flash|x-sh|x-msdownload|^multipart\/|^message\//
/** They hold XML in a zip archive, which no browser opens as a page; those of them that WordPress knows. */
const officeTypes =
	/^application\/vnd\.openxmlformats-officedocument\.(?:wordprocessingml\.(?:document|template)|spreadsheetml\.(?:sheet|template)|presentationml\.(?:presentation|slideshow|slide|template))$/

/** Whether a media type, in lower case, may be uploaded. */
export function isUploadable(type: string): boolean {
	return officeTypes.test(type) || !refusedTypes.test(type)
}

/** The name in a Content-Disposition as Node gives it: each character a byte. Undefined where there is none that may be used. */
export function readUploadName(disposition: string): string | undefined {
	const header = readHeaderParameters(bytesToText(disposition))
	if (
		header === undefined ||
		(header.value !== 'attachment' && header.value !== 'inline' && header.value !== 'form-data')
	) {
		return undefined
	}
	const name = fileNameIn(header.parameters)
	return name === undefined ? undefined : cleanFileName(name)
}

/** `filename*` (RFC 8187) says more than `filename`, and PHP and WordPress do not read it. */
export function fileNameIn(parameters: ReadonlyMap<string, string>): string | undefined {
	const extended = parameters.get('filename*')
	if (extended === undefined) return parameters.get('filename')
	const encoded = /^utf-8'[a-z-]*'(.*)$/i.exec(extended)?.[1]
	try {
		return encoded === undefined ? undefined : decodeURIComponent(encoded)
	} catch {
		return undefined
	}
}

/**
 * Makes a name that is one on every system, without what WordPress, PHP or a header would read as more. Undefined where nothing
 * is left, or where any of its endings (`photo.php.jpg`) is refused.
 */
export function cleanFileName(given: string): string | undefined {
	const base = (given.split(/[/\\]/).at(-1) ?? '').slice(-4 * maxLength).normalize('NFC')
	const visible = base
		.replace(/[\p{C}\p{Zl}\p{Zp}]/gu, '')
		.replace(/["'`;:*?<>|%&=#$!{}[\]^~\s]+/g, '-')
		.replace(/\.{2,}/g, '.')
		.replace(/[._-]+$/, '')
	if (endingsOf(visible).some((ending) => refusedExtensions.test(ending))) return undefined
	const name = shorten(visible.replace(/^[.-]+/, ''))
	return name === '' ? undefined : name
}

/** As WordPress would have them: without accents (`.htmł`), and a name that is nothing but an ending gets one (`html`). */
function endingsOf(visible: string): readonly string[] {
	const plain = visible
		.toLowerCase()
		.normalize('NFKD')
		.replace(/[\p{M}·ʼ£]/gu, '')
		.replace(/[ßðđħıĸłŋøŧæœþəǝɑ€]/g, (letter) => withoutAccents.get(letter) ?? letter)
	const parts = plain.split('.')
	return parts.length === 1 ? parts.map((part) => part.replace(/^[_-]+/, '')) : parts.slice(1)
}

/** Letters of its `remove_accents` that Unicode does not take apart. */
const withoutAccents: ReadonlyMap<string, string> = new Map([
	...Object.entries({ ß: 's', ð: 'd', đ: 'd', ħ: 'h', ı: 'i', ĸ: 'k', ł: 'l', ŋ: 'n', ø: 'o', ŧ: 't' }),
	...Object.entries({ æ: 'ae', œ: 'oe', þ: 'th', ə: 'e', ǝ: 'e', ɑ: 'a', '€': 'e' }),
])

/** Keeps the ending: it says what the file is. */
function shorten(name: string): string {
	const characters = Array.from(name)
	if (characters.length <= maxLength) return name
	const dot = name.lastIndexOf('.')
	const ending = dot < 0 ? [] : Array.from(name.slice(dot)).slice(0, 16)
	return characters.slice(0, maxLength - ending.length).join('') + ending.join('')
}

function bytesToText(bytes: string): string {
	// oxlint-disable-next-line no-control-regex -- plain ASCII is the same either way
	if (/^[\x00-\x7f]*$/.test(bytes)) return bytes
	const decoded = new TextDecoder().decode(Uint8Array.from(bytes, (character) => character.charCodeAt(0) & 0xff))
	return decoded
}
