import { fail, ok, type Result } from '@postern/vocabulary'

/** How often the address of a site may be tried, so that Postern cannot be used to scan networks or to guess at sites. */
const rules = { account: { burst: 20, perMinute: 20 }, workspace: { burst: 120, perMinute: 10 } } as const

/** Keys that were full a while ago are forgotten; this many are kept at the most. */
const keyLimit = 10_000

type Bucket = { tokens: number; at: number }

export type AttemptLimit = { take(caller: { accountId: string; workspaceId: string }): Result<void> }

/** Token buckets in memory: one for each account, one for each workspace. Fails with `request/throttled`. */
export function createAttemptLimit(clock: () => number): AttemptLimit {
	const buckets = new Map<string, Bucket>()
	const refill = (key: string, rule: { burst: number; perMinute: number }): Bucket => {
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
		take({ accountId, workspaceId }) {
			const account = refill(`account ${accountId}`, rules.account)
			const workspace = refill(`workspace ${workspaceId}`, rules.workspace)
			const waits = [
				account.tokens < 1 ? (1 - account.tokens) / rules.account.perMinute : 0,
				workspace.tokens < 1 ? (1 - workspace.tokens) / rules.workspace.perMinute : 0,
			]
			const minutes = Math.max(...waits)
			if (minutes > 0) return fail('request/throttled', { params: { seconds: Math.ceil(minutes * 60) } })
			account.tokens -= 1
			workspace.tokens -= 1
			return ok()
		},
	}
}
