import { ok, type Result } from '@postern/vocabulary'
import * as z from 'zod/mini'
import type { Store } from '../store/store.ts'

const verdict = z.union([
	z.object({ isWhole: z.literal(true), entries: z.number(), unchained: z.number() }),
	z.object({ isWhole: z.literal(false), brokenAt: z.number() }),
])
/** For each audit log: whose it is (null: the installation's), and whether it is as it was written. */
export const auditReport = z.array(
	z.object({ workspace: z.nullable(z.object({ id: z.string(), name: z.string() })), verdict }),
)
export type AuditReport = z.output<typeof auditReport>

/** Reads all audit logs from their beginnings. */
export async function verifyAudit({ audit }: Store): Promise<Result<AuditReport>> {
	const report: AuditReport = []
	for (const { workspaceId, name } of await audit.listChains()) {
		const workspace = workspaceId === null ? null : { id: workspaceId, name }
		report.push({ workspace, verdict: await audit.verify(workspaceId) })
	}
	return ok(report)
}

export function describeVerdict({ workspace, verdict: found }: AuditReport[number]): string {
	const whose = workspace === null ? 'The installation' : `Workspace “${workspace.name}” (${workspace.id})`
	if (!found.isWhole) return `${whose}: BROKEN. Entry ${found.brokenAt} was changed, removed or moved.`
	const before = found.unchained === 0 ? '' : `, ${found.unchained} of them from before entries were chained`
	return `${whose}: ok, ${found.entries} entries${before}.`
}
