import { getMigrations } from 'better-auth/db/migration'
import { twoFactor } from 'better-auth/plugins/two-factor'
import { username } from 'better-auth/plugins/username'
import { describe, expect, it } from 'vitest'
import { type NewPlace, openAt } from './place.testing.ts'

export function accountTableCases(newPlace: NewPlace): void {
	describe('the tables of the account library', () => {
		it('are what the library would have made: it finds nothing to add and nothing unsafe', async () => {
			const store = await openAt(await newPlace())
			const plan = await getMigrations(
				{
					database: { db: store.kysely, type: store.type },
					user: { modelName: 'auth_user', additionalFields: { language: { type: 'string', required: false } } },
					session: { modelName: 'auth_session' },
					account: { modelName: 'auth_account' },
					verification: { modelName: 'auth_verification' },
					plugins: [username(), twoFactor({ schema: { twoFactor: { modelName: 'auth_two_factor' } } })],
				},
				{ throwOnUnsafe: false },
			)
			const { toBeAdded, toBeCreated, toBeAddedIndexes, schemaProblems, unsafeChanges } = plan
			expect({ toBeAdded, toBeCreated, schemaProblems, unsafeChanges }).toEqual({
				toBeAdded: [],
				toBeCreated: [],
				schemaProblems: [],
				unsafeChanges: [],
			})
			expect(toBeAddedIndexes).toEqual([])
			await store.close()
		})
	})
}
