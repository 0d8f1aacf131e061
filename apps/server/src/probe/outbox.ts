/** Sends together what is to be sent in one turn of the event loop: each message costs both sides a good part of a check. */
export function createOutbox<T>(send: (messages: readonly T[]) => void): (message: T) => void {
	let waiting: T[] = []
	const flush = () => {
		const messages = waiting
		waiting = []
		send(messages)
	}
	return (message) => {
		waiting.push(message)
		if (waiting.length === 1) setImmediate(flush)
	}
}
