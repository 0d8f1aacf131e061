import type { Form } from './options.ts'

/** What was typed into a field; empty for a list and for what is not there. */
export function fieldText(form: Form | undefined, name: string): string {
	const value = form?.get(name)
	return typeof value === 'string' ? value : ''
}

/** What was ticked of boxes that are named `name[]`. */
export function fieldTexts(form: Form | undefined, name: string): readonly string[] {
	const value: unknown = form?.get(name)
	return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : []
}
