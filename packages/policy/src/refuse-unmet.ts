import { fail, ok, type Result } from '@postern/vocabulary'
import type { PostCondition, SiteFacts } from './access.ts'

/** A post as it is found on the site. */
export type FoundPost = { readonly type: string; readonly status: string; readonly authorId: number }

/**
 * Judges a condition by what was found. Fails with `request/not-found` where there is no such post,
 * `application-password/wrong-type`, `application-password/not-own`, `application-password/drafts-only`.
 */
export function refuseUnmet(condition: PostCondition, found: FoundPost | undefined, site: SiteFacts): Result<void> {
	if (found === undefined) return fail('request/not-found')
	const { types, statuses, isOwn } = condition
	if (types !== undefined && !types.includes(found.type)) return fail('application-password/wrong-type')
	if (isOwn === true && found.authorId !== site.userId) return fail('application-password/not-own')
	if (statuses !== undefined && !statuses.includes(found.status)) return fail('application-password/drafts-only')
	return ok()
}
