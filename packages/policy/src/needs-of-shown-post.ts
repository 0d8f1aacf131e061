import { isTypeBase, type Scope } from '@postern/vocabulary'
import type { Need, SiteFacts } from './access.ts'
import type { FieldValue } from './request.ts'
import { isCoreBase } from './routes/find-route.ts'

const ofCore: readonly (readonly [restBase: string, scope: Scope])[] = [
	['posts', 'posts:read'],
	['pages', 'pages:read'],
	['media', 'media:read'],
	['blocks', 'blocks:read'],
]

/** The needs of seeing the post with that id where any type may be asked for: those of reading the type that it turns out to be. */
export function needsOfShownPost(id: FieldValue, { postTypes }: SiteFacts): readonly Need[] {
	const everything: Need = { scopes: ['site:everything'] }
	// WordPress also reads ` 4`, `4.0` and `1e1` as numbers.
	if (typeof id !== 'string' && typeof id !== 'number') return [everything]
	if (!/^[0-9]{1,15}$/.test(String(id))) return [everything]
	const custom = [...postTypes.keys()].filter((base) => isTypeBase(base) && !isCoreBase(base))
	const types = [...ofCore, ...custom.map((base) => [base, `types:${base}:read`] as const)]
	const needs = types.map(([restBase, scope]): Need => {
		return { scopes: [scope], when: { id: Number(id), lookUp: { kind: 'rest', restBase } } }
	})
	return [everything, ...needs]
}
