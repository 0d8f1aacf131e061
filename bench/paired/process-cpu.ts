import { readdirSync, readFileSync } from 'node:fs'

/** Linux counts in hundredths of a second. */
const ticksPerSecond = 100

type Stat = { readonly pid: number; readonly parent: number; readonly ticks: number }

/** CPU time in µs that a process and everything below it have used, from `/proc`: Linux only. */
export function cpuOfTree(pid: number): number {
	const all = readdirSync('/proc')
		.filter((name) => /^\d+$/.test(name))
		.map(statOf)
	const stats = all.filter((stat) => stat !== undefined)
	const tree = new Set([pid])
	// Children may stand before their parents in the list: go over it until nothing is added.
	for (let size = 0; size !== tree.size;) {
		size = tree.size
		for (const stat of stats) if (tree.has(stat.parent)) tree.add(stat.pid)
	}
	const ticks = stats.filter((stat) => tree.has(stat.pid)).reduce((sum, stat) => sum + stat.ticks, 0)
	return (ticks / ticksPerSecond) * 1_000_000
}

/** Memory that a process holds, in MiB. */
export function residentMib(pid: number): number {
	return readStatus(pid, /^VmRSS:\s+(\d+)/m)
}

/** The same without what is mapped from files: of Node's own program every process of it shares one copy. */
export function ownMib(pid: number): number {
	return readStatus(pid, /^RssAnon:\s+(\d+)/m)
}

function readStatus(pid: number, pattern: RegExp): number {
	return Number(pattern.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024
}

function statOf(name: string): Stat | undefined {
	try {
		const text = readFileSync(`/proc/${name}/stat`, 'utf8')
		// The second field is the program's name in brackets, which may hold anything.
		const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
		const [parent, utime, stime] = [fields[1], fields[11], fields[12]].map(Number)
		return { pid: Number(name), parent: parent ?? 0, ticks: (utime ?? 0) + (stime ?? 0) }
	} catch {
		return undefined // it ended in the meantime
	}
}
