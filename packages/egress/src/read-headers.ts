import { fail } from '@postern/vocabulary'
import { CarriedFailure } from './carried-failure.ts'

type RawHeaders = Readonly<Record<string, string | readonly string[] | undefined>>

const maxHeaders = 256

/** Reads the header of an answer. Rejects more than 256 lines, or one that breaks HTTP, with `response/malformed`. */
export function readHeaders(raw: RawHeaders, host: string): Headers {
	const lines = Object.entries(raw).flatMap(([name, value]) => [value ?? []].flat().map((one) => [name, one] as const))
	const headers = new Headers()
	try {
		if (lines.length > maxHeaders) throw new RangeError('too many header lines')
		for (const [name, value] of lines) headers.append(name, value)
	} catch {
		throw new CarriedFailure(fail('response/malformed', { params: { host } }))
	}
	return headers
}
