import { asRecord } from './json-reading.ts'

/** A refusal in WordPress' shape, `{code, message, data: {status}}`. The message is translated: decide on `code` and status. */
export type RestError = { readonly code: string; readonly message: string; readonly status?: number }

export function readRestError(value: unknown): RestError | undefined {
	const { code, message, data } = asRecord(value) ?? {}
	if (typeof code !== 'string' || !/^[\w.-]{1,100}$/.test(code) || typeof message !== 'string') return undefined
	const status = asRecord(data)?.['status']
	return typeof status === 'number' ? { code, message, status } : { code, message }
}
