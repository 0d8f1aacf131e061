export type MarkedPart = { readonly kind: 'plain' | 'strong' | 'code'; readonly words: string }

/** Splits a sentence at `**strong**` and `` `code` ``; marks without a partner stay as they are. */
export function splitMarks(text: string): readonly MarkedPart[] {
	return text
		.split(/(\*\*[^*]+\*\*|`[^`]+`)/)
		.filter((part) => part !== '')
		.map((part) => {
			if (/^\*\*[^*]+\*\*$/.test(part)) return { kind: 'strong', words: part.slice(2, -2) }
			if (/^`[^`]+`$/.test(part)) return { kind: 'code', words: part.slice(1, -1) }
			return { kind: 'plain', words: part }
		})
}
