/** Whether any text in what JSON can hold passes a test, names included. */
export function someText(value: unknown, test: (text: string) => boolean): boolean {
	if (typeof value === 'string') return test(value)
	if (typeof value !== 'object' || value === null) return false
	if (Array.isArray(value)) return value.some((one) => someText(one, test))
	return Object.entries(value).some(([name, one]) => test(name) || someText(one, test))
}
