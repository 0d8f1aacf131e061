/** Puts values into a sentence as plain text. */
export function say(sentence: string, values: Readonly<Record<string, string>>): string {
	return sentence.replace(/\{\{(\w+)\}\}/g, (_, name: string) => values[name] ?? '')
}
