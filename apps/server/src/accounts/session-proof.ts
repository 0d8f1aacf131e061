import { fail, ok, type Result } from '@postern/vocabulary'
import type { SessionProof, SignedInAccount, Visit } from './accounts.ts'
import type { AccountPorts } from './account-ports.ts'
import { callLibrary } from './library-calls.ts'
import { proofKinds } from './proof-kinds.ts'

type Row = { readonly provenAt?: Date | null | undefined; readonly provenBy?: string | null | undefined }

export async function findProof({ library }: AccountPorts, sessionId: string): Promise<SessionProof | undefined> {
	const row = await library.adapter.findOne<Row>({ model: 'session', where: [{ field: 'id', value: sessionId }] })
	const by = proofKinds.find((kind) => kind === row?.provenBy)
	return row?.provenAt && by ? { at: row.provenAt, by } : undefined
}

/** Notes how whoever holds the session with this token has proven who they are. */
export async function keepProof({ library }: AccountPorts, token: string, { at, by }: SessionProof): Promise<void> {
	await library.adapter.updateMany({
		model: 'session',
		where: [{ field: 'token', value: token }],
		update: { provenAt: at, provenBy: by },
	})
}

/** Goes on under a new session id with this proof. Fails with `account/session-required` for a session that has ended. */
export async function renewSession(
	{ library }: AccountPorts,
	visit: Visit,
	{ who, proof }: { who: SignedInAccount; proof: SessionProof },
): Promise<Result<SignedInAccount>> {
	const renewed = await callLibrary(visit, (headers) =>
		library.api.renewSession({ body: { provenAt: proof.at, provenBy: proof.by }, headers, returnHeaders: true }),
	)
	if (!renewed.ok) return fail(renewed.problem.code)
	return ok({ ...who, sessionId: renewed.value.sessionId })
}
