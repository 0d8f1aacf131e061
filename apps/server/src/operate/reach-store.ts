import { existsSync } from 'node:fs'
import { fail, ok, problems, type Result } from '@postern/vocabulary'
import * as z from 'zod/mini'
import type { Configuration } from '../configuration.ts'
import { type FoundStore, openStore } from '../store/open-store.ts'
import type { Store } from '../store/store.ts'
import { askRunningServer } from './operator-socket.ts'
import type { OperatorRequest } from './serve-operator.ts'

export type Settings = Pick<Configuration, 'dataFolder' | 'databaseUrl' | 'origins'> & {
	readonly vaultKey: {
		/** Whether the key belongs to the store that was found. */
		admit(found: FoundStore): Result<void>
		auditKey(): Uint8Array
	}
}

type Work<T> = {
	readonly request: OperatorRequest
	/** Of what the server answers. */
	readonly value: z.ZodMiniType<T>
	readonly patienceMs?: number | 'any'
	/** The same without it. */
	readonly ourselves: (store: Store) => Promise<Result<T>>
}

/** On SQLite the server that runs does it, because it alone may use its data folder; otherwise we do. */
export async function reachStore<T>(work: Work<T>, settings: Settings): Promise<Result<T>> {
	const { dataFolder, databaseUrl } = settings
	if (databaseUrl === undefined) {
		const answered = await askRunningServer(dataFolder, work.request, work.patienceMs)
		if (answered !== undefined) return readAnswer(answered, work.value)
	}
	return openOurselves(work, settings)
}

const problemCode = z.custom<keyof typeof problems>((code) => typeof code === 'string' && code in problems)
const failed = z.object({
	ok: z.literal(false),
	problem: z.object({ code: problemCode, params: z.record(z.string(), z.union([z.string(), z.number()])) }),
})

function readAnswer<T>(answered: unknown, value: z.ZodMiniType<T>): Result<T> {
	const answer = z.union([z.object({ ok: z.literal(true), value }), failed]).parse(answered)
	return answer.ok ? ok(answer.value) : fail(answer.problem.code, { params: answer.problem.params })
}

/** No server runs here, or it shares its database with us. */
async function openOurselves<T>({ ourselves }: Work<T>, settings: Settings): Promise<Result<T>> {
	const { dataFolder, databaseUrl, vaultKey } = settings
	const name = databaseUrl === undefined ? 'POSTERN_DATA' : 'DATABASE_URL'
	const nothingThere = fail('start/configuration', { params: { name, reason: 'no Postern was set up there' } })
	// Where there is none, none is made.
	if (databaseUrl === undefined && !existsSync(dataFolder)) return nothingThere
	const opened = await openStore({
		...(databaseUrl === undefined ? { dataFolder } : { databaseUrl }),
		admit: (found) => (found.vaultCanary === undefined ? nothingThere : vaultKey.admit(found)),
		auditKey: () => vaultKey.auditKey(),
	})
	if (!opened.ok) return opened
	try {
		return await ourselves(opened.value)
	} finally {
		await opened.value.close()
	}
}
