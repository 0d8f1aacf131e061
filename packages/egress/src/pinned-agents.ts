import { type Agent, errors } from 'undici'

export type Agents = {
	/** The connections on which this pin holds; without one, those that authorities vouch for. */
	get(pin: string | undefined): Agent
	close(): Promise<void>
}

/** Pins whose connections are kept; the one that was used least lately goes first. */
const mostPins = 100

/** What whoever still waits is told. One for all: the stack of each would be looked up, and nobody reads it. */
const ended = new errors.ClientDestroyedError()

/** Keeps connections apart by the certificate they were judged by: one made for a pin never serves a request without. */
export function createAgents(open: (pin: string | undefined) => Agent): Agents {
	const unpinned = open(undefined)
	const pinned = new Map<string, Agent>()
	const leaving = new Set<Agent>()
	const leave = (pin: string, agent: Agent): void => {
		pinned.delete(pin)
		leaving.add(agent)
		void agent.close().finally(() => leaving.delete(agent))
	}
	return {
		get(pin) {
			if (pin === undefined) return unpinned
			const agent = pinned.get(pin) ?? open(pin)
			pinned.delete(pin)
			pinned.set(pin, agent)
			for (const [oldest, least] of pinned) {
				if (pinned.size <= mostPins) break
				leave(oldest, least)
			}
			return agent
		},
		async close() {
			await Promise.all([unpinned, ...pinned.values(), ...leaving].map((agent) => agent.destroy(ended)))
		},
	}
}
