import { Agent } from 'undici'
import { expect, it } from 'vitest'
import { createAgents } from './pinned-agents.ts'

it('keeps one agent a pin, and closes those that were used least lately', async () => {
	const opened = new Map<string | undefined, Agent>()
	const agents = createAgents((pin) => {
		const agent = new Agent()
		opened.set(pin, agent)
		return agent
	})
	const first = agents.get('0')
	for (let pin = 1; pin < 100; pin += 1) agents.get(String(pin))
	expect(agents.get('0')).toBe(first)
	agents.get('100')
	expect([opened.get('1')?.closed, first.closed, agents.get(undefined).closed]).toEqual([true, false, false])
	await agents.close()
	expect([...opened.values()].every(({ destroyed }) => destroyed)).toBe(true)
})
