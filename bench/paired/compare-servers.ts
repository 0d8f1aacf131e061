import { startLoadGenerator, type LoadResult } from './generate-load.ts'
import { cpuOfTree } from './process-cpu.ts'

export type Candidate = {
	readonly name: string
	readonly port: number
	/** Its CPU is that of this process and all below it. */
	readonly pid: number
	readonly request: string
	/** One that answers slowly gets fewer rounds. */
	readonly everyNthRound?: number
}

export type Compared = {
	readonly name: string
	/** Medians over the rounds. */
	readonly cpuUs: number
	readonly perSecond: number
	readonly p50Us: number
	readonly p99Us: number
	readonly failed: number
	/** CPU of a request over that of the first candidate in the same round, the median. */
	readonly ratio: number
}

type Round = LoadResult & { readonly cpuUs: number; readonly round: number }

type Options = { readonly rounds: number; readonly ms: number; readonly connections: number }

/**
 * Compares servers by the CPU that a request costs them. Shared machines swing by half in requests per second, so each round
 * asks all candidates, in rotated order, and ratios are taken within a round.
 */
export async function compareServers(
	candidates: readonly Candidate[],
	{ rounds, ms, connections }: Options,
): Promise<readonly Compared[]> {
	const generator = startLoadGenerator()
	const measured = new Map<string, Round[]>(candidates.map(({ name }) => [name, []]))
	const ask = async ({ name, port, pid, request }: Candidate, round: number) => {
		const before = cpuOfTree(pid)
		const result = await generator.load({ port, request, connections, ms })
		const cpuUs = (cpuOfTree(pid) - before) / Math.max(1, result.requests)
		if (round >= 0) measured.get(name)?.push({ ...result, cpuUs, round })
	}
	try {
		for (const candidate of candidates) await ask(candidate, -1) // warms up
		for (let round = 0; round < rounds; round += 1)
			for (let at = 0; at < candidates.length; at += 1) {
				const candidate = candidates[(round + at) % candidates.length]
				if (candidate && round % (candidate.everyNthRound ?? 1) === 0) await ask(candidate, round)
			}
	} finally {
		await generator.stop()
	}
	const base = measured.get(candidates[0]?.name ?? '') ?? []
	return candidates.map(({ name }) => summarize(name, measured.get(name) ?? [], base))
}

function summarize(name: string, rounds: readonly Round[], base: readonly Round[]): Compared {
	const ratios = rounds.flatMap(({ cpuUs, round }) => {
		const twin = base.find((other) => other.round === round)
		return twin ? [cpuUs / twin.cpuUs] : []
	})
	return {
		name,
		cpuUs: median(rounds.map(({ cpuUs }) => cpuUs)),
		perSecond: median(rounds.map(({ perSecond }) => perSecond)),
		p50Us: median(rounds.map(({ p50Us }) => p50Us)),
		p99Us: median(rounds.map(({ p99Us }) => p99Us)),
		failed: rounds.reduce((sum, { failed }) => sum + failed, 0),
		ratio: median(ratios),
	}
}

function median(values: readonly number[]): number {
	return values.toSorted((a, b) => a - b)[(values.length - 1) >> 1] ?? Number.NaN
}
