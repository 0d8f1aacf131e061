import { SaxesParser } from 'saxes'

export type XmlElement = { readonly name: string; readonly children: XmlElement[]; text: string }

/**
 * Reads a whole XML document into elements, bounded while it reads: no DOCTYPE, no processing instructions, no attributes kept.
 * Undefined when it is not well-formed or passes a bound.
 */
export function readXmlTree(xml: string, bounds: { elements: number; depth: number }): XmlElement | undefined {
	const document: XmlElement = { name: '', children: [], text: '' }
	const open: XmlElement[] = [document]
	const parser = new SaxesParser({ xmlns: false, position: false })
	let elements = 0
	const refuse = (reason: string): never => {
		throw new Error(reason)
	}
	const addText = (text: string): void => {
		const top = open.at(-1)
		if (top !== undefined) top.text += text
	}
	parser.on('error', (error) => {
		throw error
	})
	parser.on('doctype', () => refuse('DOCTYPE'))
	parser.on('processinginstruction', () => refuse('processing instruction'))
	parser.on('text', addText)
	parser.on('cdata', addText)
	parser.on('opentag', ({ name }) => {
		elements += 1
		if (elements > bounds.elements || open.length > bounds.depth) refuse('bound')
		const element = { name, children: [], text: '' }
		open.at(-1)?.children.push(element)
		open.push(element)
	})
	parser.on('closetag', () => void open.pop())
	try {
		parser.write(xml).close()
	} catch {
		return undefined
	}
	return document.children[0]
}
