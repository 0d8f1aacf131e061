import type { FieldValue } from '../request.ts'

export function isMap(value: FieldValue): value is { readonly [name: string]: FieldValue } {
	return typeof value === 'object' && value !== null && !Array.isArray(value)
}

export function isList(value: FieldValue): value is readonly FieldValue[] {
	return Array.isArray(value)
}
