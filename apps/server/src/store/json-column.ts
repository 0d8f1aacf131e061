import * as z from 'zod/mini'

/** Reads a column of JSON text. What does not fit was not written by us: a bug, or a store changed by hand. */
export function readJson<T>(text: string, shape: z.ZodMiniType<T>): T {
	return shape.parse(JSON.parse(text))
}

const textsJson = z.array(z.string())

export function readTexts(text: string): readonly string[] {
	return readJson(text, textsJson)
}
