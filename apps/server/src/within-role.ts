import { scopesWithin, type Scope } from '@postern/vocabulary'
import type { PosternAppPasswords, PosternHeld } from './store/application-password/application-password.ts'

/**
 * What is let in holds only the scopes that its owner's role still reaches, included ones written out, so that no entrance can
 * forget to look. What is stored stays as it was granted.
 */
export function withinRole(appPasswords: PosternAppPasswords): PosternAppPasswords {
	const narrow = createNarrowing()
	const judged = (outcome: Awaited<ReturnType<PosternAppPasswords['authenticate']>>) =>
		outcome?.ok === true ? { ok: true as const, value: narrow(outcome.value) } : outcome
	return {
		...appPasswords,
		authenticate(login) {
			const outcome = appPasswords.authenticate(login)
			return outcome instanceof Promise ? outcome.then(judged) : judged(outcome)
		},
	}
}

const keptSets = 1_000

/** Few sets of scopes are granted again and again: each is worked out once for a role. */
function createNarrowing(): (held: PosternHeld) => PosternHeld {
	const known = new Map<string, readonly Scope[]>()
	const scopesOf = ({ user, password }: PosternHeld) => {
		const key = `${user.memberRole} ${password.grants.scopes.join(' ')}`
		const kept = known.get(key)
		if (kept) return kept
		if (known.size >= keptSets) known.clear()
		const scopes = [...scopesWithin(user.memberRole, password.grants.scopes)]
		known.set(key, scopes)
		return scopes
	}
	return (held) => {
		const grants = { ...held.password.grants, scopes: scopesOf(held) }
		return { user: held.user, password: { ...held.password, grants } }
	}
}
