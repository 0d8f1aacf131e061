import { allowedSchemes, allowedStyleFunctions, allowedStyles } from './allowed-html.ts'

/** Whether every reader sees the same scheme in an address, and it is an allowed one, or sees none. */
export function isPlainAddress(value: string): boolean {
	if (value.startsWith('https://') || value.startsWith('/')) return true
	const end = value.search(/[/?#]/)
	const front = end < 0 ? value : value.slice(0, end)
	// References (`&colon;`), blanks that browsers drop, and backslashes that they turn.
	if (/[^!$'()*+,.:;=@\w~%[\]\u00a1-\uffff-]/.test(front)) return false
	const colon = front.indexOf(':')
	return colon < 0 || allowedSchemes.has(front.slice(0, colon).toLowerCase())
}

const strange = /[^\w #%.,:;()'/+*!-]|\/\*|\*\//

/** Whether a `style` holds nothing but known properties, plain functions and plain addresses. */
export function isPlainStyle(value: string): boolean {
	const bare = value.includes('(') ? takeOutFunctions(value) : value
	if (bare === undefined || strange.test(bare)) return false
	for (let at = 0; at < bare.length;) {
		const semicolon = bare.indexOf(';', at)
		const end = semicolon < 0 ? bare.length : semicolon
		if (!isPlainDeclaration(bare.slice(at, end))) return false
		at = end + 1
	}
	return true
}

/** Undefined where one of them is not allowed. */
function takeOutFunctions(value: string): string | undefined {
	const addresses: string[] = []
	const bare = value.replace(/\burl\(([^()]*)\)/gi, (_, address: string) => {
		addresses.push(address)
		return 'none'
	})
	const names = [...bare.matchAll(/(?<![\w-])([\w-]+)\(/g)]
	const isPlain = addresses.every(isPlainStyleAddress) && names.every(([, name = '']) => isPlainFunction(name))
	return isPlain ? bare : undefined
}

function isPlainStyleAddress(address: string): boolean {
	const [, quoted] = /^ *'([^']*)' *$/.exec(address) ?? []
	const plain = quoted ?? address.trim().replace(/^&quot;(.*)&quot;$/, '$1')
	return !/['"\\ &]/.test(plain.replaceAll('&amp;', '')) && isPlainAddress(plain)
}

function isPlainFunction(name: string): boolean {
	const plain = name.toLowerCase()
	return plain !== 'url' && allowedStyleFunctions.has(plain)
}

function isPlainDeclaration(declaration: string): boolean {
	const colon = declaration.indexOf(':')
	if (colon < 0) return declaration.trim() === ''
	if (declaration.includes(':', colon + 1)) return false
	const property = declaration.slice(0, colon).trim().toLowerCase()
	if (property.length > 100) return false
	if (property.startsWith('--wp--')) return true
	// `margin` stands for `margin-top`, too.
	for (let end = property.length; end > 0; end = property.lastIndexOf('-', end - 1))
		if (allowedStyles.has(property.slice(0, end))) return true
	return false
}
