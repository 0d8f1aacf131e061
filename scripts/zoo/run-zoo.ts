import { problems } from '@postern/vocabulary'
import {
	type OpenSite,
	openSite,
	type SpecLabel,
	specLabels,
	type ZooSite,
	zooSites,
} from '@postern/wp-client/testing/zoo-sites'
import { exitStatus } from '../../apps/cli/src/exit-status.ts'
import { askDoctor, type Opinion } from './ask-doctor.ts'

export type ZooLine = {
	readonly row: string
	readonly behaviour: string
	readonly expected: string
	readonly opinion: Opinion
	/** What did not hold; empty when all is well. */
	readonly faults: readonly string[]
}

const BUDGET = 12

/** Lets the doctor look at every site of the zoo, a few at a time, and says what it found at each, in the order of the rows. */
export async function runZoo(atOnce: number, sites: readonly ZooSite[] = zooSites): Promise<readonly ZooLine[]> {
	const lines: ZooLine[][] = sites.map(() => [])
	let next = 0
	const visitor = async (): Promise<void> => {
		for (let at = next++; at < sites.length; at = next++) {
			const site = sites[at]
			if (site !== undefined) lines[at] = await visitSite(site)
		}
	}
	await Promise.all(Array.from({ length: atOnce }, visitor))
	return lines.flat()
}

async function visitSite(site: ZooSite): Promise<ZooLine[]> {
	const open = await openSite(site)
	try {
		const first = await look(site, open, site)
		if (site.afterwards === undefined) return [first]
		site.afterwards.change(open.wordpress)
		return [first, await look({ ...site, behaviour: `${site.behaviour}: afterwards` }, open, site.afterwards)]
	} finally {
		await open.close()
	}
}

type Expected = { readonly expected: SpecLabel; readonly certainty?: string }

async function look(site: ZooSite, open: OpenSite, wanted: Expected): Promise<ZooLine> {
	const { visits } = open.enclosure
	const [visitsBefore, failedBefore] = [visits.length, open.wordpress.failedLogins()]
	const opinion = await askDoctor(site, open)
	const code = specLabels[wanted.expected]
	const seen = visits.slice(visitsBefore)
	const failedLogins = open.wordpress.failedLogins() - failedBefore
	const secrets = secretsOf(open)
	const status = code === 'ok' ? 0 : exitStatus[problems[code].fixedBy]
	const faults = [
		opinion.code === code ? '' : `expected ${code}`,
		opinion.certainty === (code === 'ok' ? '' : (wanted.certainty ?? 'sure'))
			? ''
			: `expected to be ${wanted.certainty ?? 'sure'}`,
		opinion.exitStatus === status ? '' : `exit status ${opinion.exitStatus}, not ${status}`,
		Math.max(opinion.requests, seen.length) <= BUDGET ? '' : `${seen.length} requests`,
		failedLogins <= 1 ? '' : `${failedLogins} failed logins`,
		secrets.some((secret) => opinion.output.includes(secret)) ? 'the secret was written out' : '',
		seen.some(({ url }) => secrets.some((secret) => decodeURIComponent(url).includes(secret)))
			? 'the secret was in an address'
			: '',
		hasControls(opinion.output) ? 'control characters were written out' : '',
	].filter((fault) => fault !== '')
	return { row: site.row, behaviour: site.behaviour, expected: code, opinion, faults }
}

function secretsOf({ username, password }: OpenSite): string[] {
	const plain = password.replaceAll(' ', '')
	return [plain, password, Buffer.from(`${username}:${plain}`).toString('base64').replace(/=+$/, '')]
}

/** Tabs and line ends are ours. */
function hasControls(output: string): boolean {
	return /[^\P{Cc}\t\n]|[\u202A-\u202E\u2066-\u2069]/u.test(output)
}

/** The table of codes and results. */
export function zooTable(lines: readonly ZooLine[]): string {
	const heads = ['Row', 'Site', 'Expected', 'Code', 'Certainty', 'Requests', 'Own ms', 'OK']
	const rows = lines.map(({ row, behaviour, expected, opinion, faults }) => [
		row,
		behaviour,
		expected,
		opinion.code,
		opinion.certainty || '–',
		String(opinion.requests),
		String(opinion.ownMs),
		faults.length === 0 ? 'yes' : `NO: ${faults.join(', ')}`,
	])
	const widths = heads.map((head, at) =>
		Math.max(...[head, ...rows.map((row) => row[at] ?? '')].map((cell) => cell.length)),
	)
	return [heads, ...rows]
		.map((row) =>
			row
				.map((cell, at) => cell.padEnd(widths[at] ?? 0))
				.join('  ')
				.trimEnd(),
		)
		.join('\n')
}
