import { fail } from '@postern/vocabulary'
import { sql } from 'kysely'
import { describe, expect, it } from 'vitest'
import { newId } from '../ids.ts'
import { openStore } from '../open-store.ts'
import { addConnector } from './connector.testing.ts'
import { auditKey, type NewPlace, openAt } from './place.testing.ts'

export function openingCases(newPlace: NewPlace): void {
	describe('opening', () => {
		it('finds everything again', async () => {
			const place = await newPlace()
			const first = await openAt(place)
			const { id } = await first.workspaces.create('Kept')
			const connector = await addConnector(first, id, 'Blog', 'blog.example')
			await first.close()
			const second = await openAt(place)
			expect(await second.connectors.find(id, connector.id)).toEqual(connector)
			await second.close()
		})

		it('refuses a store that a newer Postern changed, and changes nothing there', async () => {
			const place = await newPlace()
			const store = await openAt(place)
			await store.installation.recordVersion('99.1.0')
			const newer = { name: '9999-from-the-future', timestamp: new Date().toISOString() }
			await sql`insert into kysely_migration (name, timestamp) values (${newer.name}, ${newer.timestamp})`.execute(
				store.kysely,
			)
			await store.close()
			for (let attempt = 0; attempt < 2; attempt += 1) {
				expect(await openStore({ ...place, auditKey })).toMatchObject({
					ok: false,
					problem: { code: 'start/data-folder-newer', params: { version: '99.1.0' } },
				})
			}
		})

		it('asks whether it is admitted before it writes anything, and lets go when it is not', async () => {
			const place = await newPlace()
			const refused = await openStore({
				...place,
				auditKey,
				admit: () => fail('start/vault-key', { params: { path: 'x' } }),
			})
			expect(refused).toMatchObject({ ok: false, problem: { code: 'start/vault-key' } })
			const seen: unknown[] = []
			const store = await openAt(place, {
				admit: (found) => {
					seen.push(found)
					return { ok: true, value: undefined }
				},
			})
			expect(seen).toEqual([{ vaultCanary: undefined }])
			await store.close()
		})

		it('makes ids that nobody can guess', () => {
			const ids = Array.from({ length: 1_000 }, () => newId('con'))
			expect(new Set(ids).size).toBe(1_000)
			for (const id of ids) expect(id).toMatch(/^con_[a-z2-7]{26}$/)
		})
	})
}
