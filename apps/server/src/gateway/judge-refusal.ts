import { fail, type Problem } from '@postern/vocabulary'
import { noteRejectedLogin } from '../flows/note-login.ts'
import type { Store } from '../store/store.ts'
import { StoreTrouble } from '../store/store-trouble.ts'
import type { Admitted } from './admit.ts'

type Judging = {
	/** Only WordPress itself answers 401 for no other reason. */
	readonly isCore: boolean
	readonly store: Pick<Store, 'gatewayConnectors' | 'transaction'>
}

/**
 * What the caller is told where the site refused our credential. It is counted before anybody hears of it, so that the next try
 * knows; but where the credential was replaced while the request was on its way, it says nothing of the one that is there now:
 * `gateway/credential-replaced`.
 */
export async function judgeRefusal(
	problem: Problem,
	{ connector }: Pick<Admitted, 'connector'>,
	{ isCore, store }: Judging,
): Promise<Problem> {
	if (problem.code !== 'site-credential/rejected') return problem
	if (isCore) {
		// The version goes along: nothing is counted against another.
		const kept = await noteRejectedLogin(connector, store)
		// As when the store is asked for anything else: whoever asked hears of it.
		if (!kept.ok) throw new StoreTrouble(kept.problem)
	}
	const current = await store.gatewayConnectors.findBySlug(connector.slug)
	const isReplaced = current?.id === connector.id && current.sealVersion !== connector.sealVersion
	return isReplaced ? fail('gateway/credential-replaced', { params: { host: connector.site.host } }).problem : problem
}
