import type { Prove } from './prove.ts'

/** No host is looked at by more than so many at once, whoever asks: the clock, many on the list together, or a person. First come, first served. */
export function takeTurns(prove: Prove, { perHost }: { readonly perHost: number }): Prove {
	const hosts = new Map<string, Host>()
	return async (wanted, options) => {
		const name = new URL(wanted.address).host
		const host = hosts.get(name) ?? { underWay: 0, waiting: [] }
		hosts.set(name, host)
		if (host.underWay >= perHost) await turnAt(host, options.signal)
		else host.underWay += 1
		try {
			return await prove(wanted, options)
		} finally {
			const next = host.waiting.shift()
			if (next === undefined) host.underWay -= 1
			else next()
			if (host.underWay === 0) hosts.delete(name)
		}
	}
}

/** `underWay` also counts who was just called and has not begun. */
type Host = { underWay: number; readonly waiting: (() => void)[] }

/** Throws on `signal`: whoever has left takes no turn. */
function turnAt({ waiting }: Host, signal: AbortSignal): Promise<void> {
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
