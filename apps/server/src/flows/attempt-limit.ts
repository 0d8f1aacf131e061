import { fail, ok, type Result } from '@postern/vocabulary'
import { type Caller, createImportTurns, type ImportTurn } from './import-turns.ts'

type Rule = { readonly burst: number; readonly perMinute: number }
type Use = 'address' | 'connector' | 'bulk'
type Rules = { readonly account: Rule; readonly workspace: Rule }

const rules: Readonly<Record<Use | 'import', Rules>> = {
	/** Trying the address of a site: Postern must not be used to scan networks or to guess at sites. */
	address: { account: { burst: 20, perMinute: 20 }, workspace: { burst: 120, perMinute: 10 } },
	/** Using a stored connection: a site must not feel how often people here look at it. */
	connector: { account: { burst: 60, perMinute: 30 }, workspace: { burst: 600, perMinute: 120 } },
	/** Using many of them, each once. */
	bulk: { account: { burst: 6, perMinute: 2 }, workspace: { burst: 20, perMinute: 6 } },
	/** Rows of a list, each for another site: one file at once, and no more in the long run than by hand. */
	import: { account: { burst: 1_000, perMinute: 10 }, workspace: { burst: 2_000, perMinute: 20 } },
}

/** Rows of a list for one and the same site: two accounts of it and a slip. Whoever guesses at it is as slow as by hand. */
const rowsOfSite: Rule = { burst: 3, perMinute: 3 / 60 }

/** Keys that were full a while ago are forgotten; this many are kept at the most. */
const keyLimit = 10_000

export type AttemptLimit = {
	/** Fails with `request/throttled`. */
	take(caller: Caller, use?: Use): Result<void>
	/**
	 * Takes what one row of a list may: from the budget of lists while its site is new to the workspace, otherwise, and when that
	 * is used up, as an address that is tried by hand. Fails with `request/throttled`.
	 */
	takeRow(caller: Caller, site: string): Result<void>
	/** Waits until the row may begin; gives what is to be called when it is over. Throws on `signal`. */
	readonly turn: ImportTurn
}

/** Token buckets in memory: one for each account and use, one for each workspace and use, one for each site that a list named. */
export function createAttemptLimit(clock: () => number): AttemptLimit {
	const callers = createBuckets(clock)
	const sites = createBuckets(clock)
	const take = (caller: Caller, use: keyof typeof rules) => {
		const [account, workspace] = bucketsOf(caller, use, callers)
		const minutes = Math.max(waitFor(account), waitFor(workspace))
		if (minutes > 0) return fail('request/throttled', { params: { seconds: Math.ceil(minutes * 60) } })
		account.tokens -= 1
		workspace.tokens -= 1
		return ok()
	}
	return {
		take: (caller, use = 'address') => take(caller, use),
		takeRow(caller, site) {
			const hasRows = bucketsOf(caller, 'import', callers).every((bucket) => waitFor(bucket) === 0)
			// No site is remembered for whoever has nothing left: so many names cannot push another out.
			const ofSite = hasRows ? sites(`${caller.workspaceId} ${site}`, rowsOfSite) : undefined
			if (ofSite === undefined || waitFor(ofSite) > 0) return take(caller, 'address')
			ofSite.tokens -= 1
			return take(caller, 'import')
		},
		turn: createImportTurns(),
	}
}

type Bucket = { tokens: number; at: number; readonly rule: Rule }
type Buckets = (key: string, rule: Rule) => Bucket

function createBuckets(clock: () => number): Buckets {
	const buckets = new Map<string, Bucket>()
	return (key, rule) => {
		const now = clock()
		const known = buckets.get(key) ?? { tokens: rule.burst, at: now }
		buckets.delete(key) // and set again: the map is in the order of use
		const tokens = Math.min(rule.burst, known.tokens + ((now - known.at) / 60_000) * rule.perMinute)
		const bucket = { tokens, at: now, rule }
		buckets.set(key, bucket)
		for (const oldest of buckets.keys()) {
			if (buckets.size <= keyLimit) break
			buckets.delete(oldest)
		}
		return bucket
	}
}

function bucketsOf({ accountId, workspaceId }: Caller, use: keyof typeof rules, buckets: Buckets) {
	const rule = rules[use]
	return [
		buckets(`${use} account ${accountId}`, rule.account),
		buckets(`${use} workspace ${workspaceId}`, rule.workspace),
	] as const
}

/** Minutes. */
function waitFor({ tokens, rule }: Bucket): number {
	return tokens < 1 ? (1 - tokens) / rule.perMinute : 0
}
