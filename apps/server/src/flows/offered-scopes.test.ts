import { isOfPostern, scopes, type Scope } from '@postern/vocabulary'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { factsOf } from '../store/cases/connector.testing.ts'
import { refuseUnoffered, scopesOfferedBy } from './offered-scopes.ts'

const author = ['read', 'edit_posts', 'edit_published_posts', 'publish_posts', 'delete_posts', 'upload_files']
const blog = { type: 'wordpress-app', ...factsOf('blog.example'), capabilities: author }
const shop = { type: 'wordpress-app', ...factsOf('shop.example'), capabilities: ['read', 'manage_options'] }
const plain = { ...shop, site: { ...shop.site, namespaces: ['wp/v2'], postTypes: [] } }

async function judge(chosen: readonly Scope[], connectors: readonly (typeof blog)[]) {
	const judged = await refuseUnoffered(chosen, connectors)
	return judged.ok ? 'ok' : `${judged.problem.code} ${judged.problem.params['scope']}`
}

describe('a scope that is named', () => {
	it.each([
		[['posts:publish', 'media:write'], [blog], 'ok'],
		[['settings:write'], [blog], 'application-password/scope-not-offered settings:write'],
		[['posts:publish', 'settings:write'], [blog, shop], 'ok'],
		[['posts:read', 'users:read'], [blog, shop], 'application-password/scope-not-offered users:read'],
		[['types:recipes:publish', 'ns:wc/v3:write'], [blog], 'ok'],
		[['types:recipes:others'], [blog], 'application-password/scope-not-offered types:recipes:others'],
		[['types:films:read'], [blog], 'application-password/scope-unknown types:films:read'],
		[['ns:other/v1:read'], [blog], 'application-password/scope-unknown ns:other/v1:read'],
		[['ns:wp/v2:read'], [blog], 'application-password/scope-unknown ns:wp/v2:read'],
		[['types:recipes:read'], [plain], 'application-password/scope-unknown types:recipes:read'],
		[['types:recipes:read'], [plain, blog], 'ok'],
		[['postern:activity:read', 'app-passwords:manage'], [plain], 'ok'],
	] as const)('%j of some of the connectors: %#', async (chosen, connectors, expected) =>
		expect(await judge(chosen, connectors)).toBe(expected),
	)

	it('is taken before the first connector is there, unless only some sites have it', async () => {
		expect(await judge([...scopes], [])).toBe('ok')
		expect(await judge(['posts:read', 'ns:wc/v3:read'], [])).toBe('application-password/scope-unknown ns:wc/v3:read')
	})

	it('is taken exactly if one of the connectors offers it', async () => {
		const some = fc.subarray([...scopes, 'types:recipes:read', 'ns:wc/v3:write'] as const)
		const connectors = fc.subarray([blog, shop, plain], { minLength: 1 })
		await fc.assert(
			fc.asyncProperty(some, connectors, async (chosen, chosenConnectors) => {
				const offered = new Set(chosenConnectors.flatMap(scopesOfferedBy))
				const isFit = chosen.every((scope) => isOfPostern(scope) || offered.has(scope))
				expect((await judge(chosen, chosenConnectors)) === 'ok').toBe(isFit)
			}),
		)
	})

	it('is looked for no further than it has to be', async () => {
		const seen: string[] = []
		async function* walk() {
			for (const connector of [shop, blog, plain]) {
				seen.push(connector.site.host)
				yield connector
			}
		}
		expect(await refuseUnoffered(['posts:publish'], walk())).toEqual({ ok: true, value: undefined })
		expect(seen).toEqual(['shop.example', 'blog.example'])
	})
})
