import { ok, type ProblemCode } from '@postern/vocabulary'
import type { Rotating, RotationPorts, Stepped } from './rotation-ports.ts'

/**
 * Ends a rotation whose password stays as it was; with a code, the connector and the log say why. `leaves` names a password that
 * could not be removed from the site.
 */
export async function giveUp(
	{ held, connector }: Rotating,
	code: ProblemCode | undefined,
	ports: Pick<RotationPorts, 'store'>,
	{ leaves = null }: { readonly leaves?: string | null } = {},
): Promise<Stepped> {
	const ended = await ports.store.transaction(async ({ workspaces, rotations, audit }) => {
		await workspaces.lock(held.workspaceId)
		if (!(await rotations.finish(held))) return ok(false)
		const entry = {
			workspaceId: held.workspaceId,
			actor: held.askedBy ?? { kind: 'postern', id: null, name: 'rotation' },
			target: { kind: 'connector', id: connector.id, name: connector.name || connector.site.host },
			requestId: null,
		} as const
		if (code !== undefined) {
			await rotations.noteFailure(connector.id, code)
			await audit.record({ ...entry, event: 'connector.rotation-failed', params: { code } })
		}
		const { host } = connector.site
		if (leaves !== null)
			await audit.record({ ...entry, event: 'connector.password-left', params: { host, name: leaves } })
		return ok(true)
	})
	if (!ended.ok || !ended.value) return { kind: 'lost' }
	return code === undefined ? { kind: 'over' } : { kind: 'over', code }
}
