/** PHP writes an empty map as a list, so `[]` reads as a record without members. */
export function asRecord(value: unknown): Readonly<Record<string, unknown>> | undefined {
	if (Array.isArray(value)) return value.length === 0 ? {} : undefined
	return isRecord(value) ? value : undefined
}

export function asText(value: unknown): string {
	return typeof value === 'string' ? value : ''
}

export function asTexts(value: unknown, limit: number): string[] {
	const items: readonly unknown[] = Array.isArray(value) ? value : Object.values(asRecord(value) ?? {})
	return items.filter((item) => typeof item === 'string').slice(0, limit)
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
	return typeof value === 'object' && value !== null
}
