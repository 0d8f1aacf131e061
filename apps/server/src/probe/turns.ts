/** Waits until one of so many may begin; gives what is to be called when it is over. Throws on `signal`: whoever has left takes no turn. */
export type Turns = (key: string, signal: AbortSignal) => Promise<() => void>

/** Of each key so many at once. First come, first served. */
export function createTurns(atOnce: number): Turns {
	const queues = new Map<string, Queue>()
	return async (key, signal) => {
		const queue = queues.get(key) ?? { underWay: 0, waiting: [] }
		queues.set(key, queue)
		if (queue.underWay >= atOnce) await turnIn(queue, signal)
		else queue.underWay += 1
		return () => {
			const next = queue.waiting.shift()
			if (next === undefined) queue.underWay -= 1
			else next()
			if (queue.underWay === 0) queues.delete(key)
		}
	}
}

/** `underWay` also counts who was just called and has not begun. */
type Queue = { underWay: number; readonly waiting: (() => void)[] }

function turnIn({ waiting }: Queue, signal: AbortSignal): Promise<void> {
	return new Promise((resolve, reject) => {
		signal.throwIfAborted()
		const leave = () => {
			waiting.splice(waiting.indexOf(called), 1)
			reject(signal.reason instanceof Error ? signal.reason : new Error('cancelled'))
		}
		const called = () => {
			signal.removeEventListener('abort', leave)
			resolve()
		}
		signal.addEventListener('abort', leave, { once: true })
		waiting.push(called)
	})
}
