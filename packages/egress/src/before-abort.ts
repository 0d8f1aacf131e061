/** Waits for work until the signal aborts, then rejects with its reason; what arrives later goes to `discard`. */
export async function beforeAbort<T>(
	work: Promise<T>,
	signal: AbortSignal,
	discard: (late: T) => void = () => undefined,
): Promise<T> {
	const { promise: aborted, reject } = Promise.withResolvers<never>()
	const onAbort = (): void => reject(signal.reason)
	if (signal.aborted) onAbort()
	else signal.addEventListener('abort', onAbort, { once: true })
	try {
		return await Promise.race([aborted, work])
	} catch (error) {
		work.then(discard, () => undefined)
		throw error
	} finally {
		signal.removeEventListener('abort', onAbort)
	}
}

/** Whether a signal's reason is a deadline that passed, not somebody's decision. */
export const isTimeout = (reason: unknown): boolean => reason instanceof DOMException && reason.name === 'TimeoutError'
