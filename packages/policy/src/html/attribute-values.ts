import { allowedSchemes, allowedStyleFunctions, allowedStyles } from './allowed-html.ts'

/** Whether every reader sees the same scheme in an address, and it is an allowed one, or sees none. */
export function isPlainAddress(value: string): boolean {
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
	const addresses: string[] = []
	const bare = value.replace(/\burl\(([^()]*)\)/gi, (_, address: string) => {
		addresses.push(address)
		return 'none'
	})
	if (strange.test(bare) || !addresses.every(isPlainStyleAddress)) return false
	const functions = bare.matchAll(/([\w-]*)\(/g)
	for (const [, name = ''] of functions) if (name !== '' && !isPlainFunction(name)) return false
	return bare.split(';').every(isPlainDeclaration)
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
	if (declaration.trim() === '') return true
	const colon = declaration.indexOf(':')
	const property = declaration.slice(0, colon).trim().toLowerCase()
	if (colon < 0 || declaration.includes(':', colon + 1)) return false
	return (
		property.startsWith('--wp--') || allowedStyles.some((name) => property === name || property.startsWith(`${name}-`))
	)
}
