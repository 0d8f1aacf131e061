export type ErrorDescription = { readonly name: string; readonly code?: string; readonly message: string }

/** Keeps name, code and message of an error. Errors of the HTTP client carry bytes of requests and answers; those stay behind. */
export function describeError(error: unknown): ErrorDescription {
	if (!(error instanceof Error)) return { name: 'Error', message: 'not an error' }
	const code = errorCode(error)
	const described = { name: error.name, message: error.message.slice(0, 300) }
	return code === undefined ? described : { ...described, code }
}

/** The code of an error; of several attempts to connect, the one that says most. */
export function errorCode(error: unknown): string | undefined {
	if (error instanceof AggregateError) {
		const codes = error.errors.map(errorCode)
		return codes.find((code) => code === 'ECONNREFUSED') ?? codes.find((code) => code !== undefined)
	}
	return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined
}
