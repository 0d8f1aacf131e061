import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ok } from '@postern/vocabulary'
import { expect, it } from 'vitest'
import { accessOf } from '../store/cases/access.testing.ts'
import { openAt } from '../store/cases/place.testing.ts'
import { forgetOldUsage } from './forget-usage.ts'

it('forgets on the 401st day how often a password was used, and not before', async () => {
	const dataFolder = mkdtempSync(join(tmpdir(), 'postern-usage-'))
	const used = new Date('2026-11-21T23:59:59Z')
	const store = await openAt({ dataFolder }, { now: () => used })
	const left = () => store.kysely.selectFrom('password_usage').select('permitted').execute()
	const after = (days: number) => new Date(used.getTime() + days * 86_400_000)
	store.accessJournal.note(accessOf((await store.workspaces.create('Ours')).id))
	await store.accessJournal.flush()
	expect(await forgetOldUsage(store, after(400))).toEqual(ok())
	expect(await left()).toEqual([{ permitted: 1 }])
	await forgetOldUsage(store, after(401))
	expect(await left()).toEqual([])
	await store.close()
	rmSync(dataFolder, { recursive: true })
})
