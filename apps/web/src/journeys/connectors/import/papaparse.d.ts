/** As much of papaparse as is used here; its own types would bring Node's into the browser. */
declare module 'papaparse' {
	type Read = {
		readonly data: readonly (readonly string[])[]
		/** Of quotation marks, and that no delimiter was found. `row` counts from 0. */
		readonly errors: readonly { readonly type: string; readonly row?: number }[]
	}
	export function parse(
		text: string,
		options: { readonly delimitersToGuess: readonly string[]; readonly preview: number },
	): Read
	export function unparse(
		rows: { readonly fields: readonly string[]; readonly data: readonly (readonly string[])[] },
		options: { readonly escapeFormulae: RegExp },
	): string
}
