/**
 * Title and text of a post in Blogger's form, with both in one: as WordPress takes them apart, so that what it stores is what is
 * looked at. In linear time.
 */
export function readBloggerContent(content: string): { readonly title: string; readonly body: string } {
	const [title, withoutTitle] = takeOut(content, 'title')
	const [, body] = takeOut(withoutTitle, 'category')
	return { title, body: body.trim() }
}

/** The text of the first such element, and all that is outside of all of them; one without text is none. */
function takeOut(content: string, name: 'title' | 'category'): readonly [found: string, rest: string] {
	const opening = new RegExp(`<${name}>`, 'gi')
	const closing = new RegExp(`</${name}>`, 'gi')
	let first: string | undefined
	let rest = ''
	let done = 0
	for (let open = opening.exec(content); open !== null; open = opening.exec(content)) {
		const start = open.index + open[0].length
		// At least one character stands between.
		closing.lastIndex = start + 1
		const close = closing.exec(content)
		if (close === null) break
		first ??= content.slice(start, close.index)
		rest += content.slice(done, open.index)
		done = close.index + close[0].length
		opening.lastIndex = done
	}
	return [first ?? '', rest + content.slice(done)]
}
