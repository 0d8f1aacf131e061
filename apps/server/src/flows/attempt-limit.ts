import { fail, ok, type Result } from '@postern/vocabulary'

type Rule = { readonly burst: number; readonly perMinute: number }
type Use = 'address' | 'connector' | 'bulk'

const rules: Readonly<Record<Use, { readonly account: Rule; readonly workspace: Rule }>> = {
	/** Trying the address of a site: Postern must not be used to scan networks or to guess at sites. */
	address: { account: { burst: 20, perMinute: 20 }, workspace: { burst: 120, perMinute: 10 } },
	/** Using a stored connection: a site must not feel how often people here look at it. */
	connector: { account: { burst: 60, perMinute: 30 }, workspace: { burst: 600, perMinute: 120 } },
	/** Using many of them, each once. */
	bulk: { account: { burst: 6, perMinute: 2 }, workspace: { burst: 20, perMinute: 6 } },
}

/** Keys that were full a while ago are forgotten; this many are kept at the most. */
const keyLimit = 10_000

type Bucket = { tokens: number; at: number }

export type AttemptLimit = { take(caller: { accountId: string; workspaceId: string }, use?: Use): Result<void> }

/** Token buckets in memory: one for each account and use, one for each workspace and use. Fails with `request/throttled`. */
export function createAttemptLimit(clock: () => number): AttemptLimit {
	const buckets = new Map<string, Bucket>()
	const refill = (key: string, rule: Rule): Bucket => {
		const now = clock()
		const known = buckets.get(key) ?? { tokens: rule.burst, at: now }
		buckets.delete(key) // and set again: the map is in the order of use
		const tokens = Math.min(rule.burst, known.tokens + ((now - known.at) / 60_000) * rule.perMinute)
		const bucket = { tokens, at: now }
		buckets.set(key, bucket)
		for (const oldest of buckets.keys()) {
			if (buckets.size <= keyLimit) break
			buckets.delete(oldest)
		}
		return bucket
	}
	return {
		take({ accountId, workspaceId }, use = 'address') {
			const rule = rules[use]
			const account = refill(`${use} account ${accountId}`, rule.account)
			const workspace = refill(`${use} workspace ${workspaceId}`, rule.workspace)
			const waits = [
				account.tokens < 1 ? (1 - account.tokens) / rule.account.perMinute : 0,
				workspace.tokens < 1 ? (1 - workspace.tokens) / rule.workspace.perMinute : 0,
			]
			const minutes = Math.max(...waits)
			if (minutes > 0) return fail('request/throttled', { params: { seconds: Math.ceil(minutes * 60) } })
			account.tokens -= 1
			workspace.tokens -= 1
			return ok()
		},
	}
}
