import { scopesWithin } from '@postern/vocabulary'
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

/** Whatever was looked up is narrowed once, for as long as the look-up holds. */
function createNarrowing(): (held: PosternHeld) => PosternHeld {
	const known = new WeakMap<PosternHeld, PosternHeld>()
	const narrow = (held: PosternHeld): PosternHeld => {
		const { user, password } = held
		const scopes = [...scopesWithin(user.memberRole, password.grants.scopes)]
		const narrowed = { user, password: { ...password, grants: { ...password.grants, scopes } } }
		known.set(held, narrowed)
		return narrowed
	}
	return (held) => known.get(held) ?? narrow(held)
}
