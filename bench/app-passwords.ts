import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { hashSecret } from '../packages/app-passwords/src/hash-secret.ts'
import { betterAuth, betterAuthCheck } from './app-passwords/better-auth.ts'
import { phpChecks } from './app-passwords/php-checks.ts'
import { storePasswords } from './app-passwords/stored-passwords.ts'
import type { Figure } from './figure.ts'

const rounds = 9
const aThousand = 1_000
const aMillion = 1_000_000
const verifications = 100_000

type Figures = (figure: string, value: number, more?: Partial<Figure>) => Figure
const perSecond: Figures = (figure, value, more = {}) => ({
	bench: 'app-passwords',
	figure,
	value,
	unit: '/s',
	...more,
})

/** Verifications per second of CPU time of the package alone, in memory, against what others do with one secret. */
export async function run(): Promise<readonly Figure[]> {
	const few = await storePasswords(aThousand)
	const verify = times(verifications, few.verify)
	const refuse = times(verifications / 10, few.refuse)
	const refuseKnown = times(verifications / 10, few.refuseKnown)
	const check = await betterAuthCheck()
	const others = async () => {
		for (let index = 0; index < aThousand; index += 1) await check()
	}
	const hash = times(verifications, (index) => void hashSecret(`abcdEFGH1234ijklMN${index % aThousand}`))
	const { right, wrong, known, theirs, hashed } = await inTurns({
		right: verify,
		wrong: refuse,
		known: refuseKnown,
		theirs: others,
		hashed: hash,
	})
	const rate = verifications / right
	const php = await phpChecks()
	const against = (name: string, other: number, aim?: string) =>
		perSecond('verify, a thousand stored', rate, {
			against: `${name} (${Math.round(other)}/s)`,
			ratio: rate / other,
			...(aim === undefined ? {} : { aim }),
		})
	return [
		perSecond('verify, a thousand stored', rate, { aim: '> 200,000/s' }),
		perSecond('refuse an unknown login', verifications / 10 / wrong, {
			against: 'a wrong password',
			ratio: known / wrong,
			aim: '0.95 to 1.05 ×',
		}),
		against(betterAuth, aThousand / theirs, '≥ 100 ×'),
		...php.checks.map(({ name, perSecond: other }) => against(name, other)),
		...php.hashes.map(({ name, perSecond: other }) =>
			perSecond('our hash alone', verifications / hashed, {
				against: `${name} (${Math.round(other)}/s)`,
				ratio: verifications / hashed / other,
			}),
		),
		...(await measureMillion(verify)),
	]
}

/** The look-up does not care how many there are; the processor's cache does, from a thousand to a hundred thousand. */
async function measureMillion(verifyFew: () => void): Promise<readonly Figure[]> {
	const hundredThousand = await storePasswords(aMillion / 10)
	const before = heapInUse()
	const million = await storePasswords(aMillion)
	const megabytes = (heapInUse() - before) / 1e6
	const { few, more, most } = await inTurns({
		few: verifyFew,
		more: times(verifications, hundredThousand.verify),
		most: times(verifications, million.verify),
	})
	const rate = verifications / most
	return [
		perSecond('verify, a million stored', rate, { against: 'a thousand stored', ratio: few / most }),
		perSecond('verify, a million stored', rate, { against: 'a hundred thousand stored', ratio: more / most }),
		{
			bench: 'app-passwords',
			figure: 'memory of a million, in memory, with their owners',
			value: megabytes,
			unit: 'MB',
		},
	]
}

function times(count: number, work: (index: number) => void): () => void {
	return () => {
		for (let index = 0; index < count; index += 1) work(index)
	}
}

/** CPU seconds of each, the median of rounds in which they take turns, after one that counts for nothing. */
async function inTurns<K extends string>(works: Record<K, () => unknown>): Promise<Record<K, number>> {
	const taken = new Map<string, number[]>()
	for (let round = 0; round <= rounds; round += 1) {
		for (const [name, work] of Object.entries<() => unknown>(works)) {
			const begin = process.cpuUsage()
			await work()
			const { user, system } = process.cpuUsage(begin)
			if (round > 0) taken.set(name, [...(taken.get(name) ?? []), (user + system) / 1e6])
		}
	}
	const medians = [...taken].map(([name, all]) => [name, all.sort((one, other) => one - other)[rounds >> 1]])
	// The same names as in `works`.
	return Object.fromEntries(medians) as Record<K, number>
}

function heapInUse(): number {
	setFlagsFromString('--expose-gc')
	runInNewContext('gc')()
	return process.memoryUsage().heapUsed
}
