import type { Answer } from '../routes/test-server.testing.ts'

/** The form as a browser would send it when nothing is touched, and then what is changed. */
export function formOf({ text }: Answer, changed: Record<string, string | readonly string[]> = {}): URLSearchParams {
	const form = new URLSearchParams()
	for (const [input] of text.matchAll(/<input\b[^>]*>/g)) {
		const attribute = (name: string) => new RegExp(`\\b${name}="([^"]*)"`).exec(input)?.[1]
		const isChoice = /type="(radio|checkbox)"/.test(input)
		if (!isChoice || / checked/.test(input)) form.append(attribute('name') ?? '', attribute('value') ?? '')
	}
	for (const [, name = '', options = ''] of text.matchAll(/<select\b[^>]*name="(\w+)"[^>]*>(.*?)<\/select>/gs))
		form.append(name, /value="([^"]*)"\s+selected/.exec(options)?.[1] ?? '')
	for (const [name, values] of Object.entries(changed)) {
		form.delete(name)
		for (const value of typeof values === 'string' ? [values] : values) form.append(name, value)
	}
	return form
}

/** What a page says, without its markup. */
export function told(text: string): string {
	return text.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ')
}
