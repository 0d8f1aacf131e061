import type { OutputOf, Contract } from '@postern/api/contract'
import { hasRole, ok, type ConnectorState } from '@postern/vocabulary'
import type { Connector } from '../../store/connector/connector.ts'
import type { RecordedAuditEntry } from '../../store/audit.ts'
import type { Store } from '../../store/store.ts'
import type { Handlers } from '../api.ts'
import { activityDocument } from '../documents.ts'

/** States in which somebody should do something. */
const attentionStates = ['needs-attention', 'unreachable'] as const satisfies readonly ConnectorState[]
const attentionLimit = 10
const activityLimit = 10
/** Requests to sites, reading posts among them, are recorded each time and are no news: this far back something else is looked for. */
const activityLookedAt = 100

type NextStep = OutputOf<Contract['getDashboard']>['nextStep']

export function dashboardHandler(store: Store): Pick<Handlers, 'getDashboard'> {
	return {
		async getDashboard({ member, session }) {
			const { workspaceId } = member
			const counts = await store.connectors.count(workspaceId)
			const needsAttention = await findNeedingAttention(store, workspaceId)
			const activity = await store.audit.page({ workspaceId, kind: 'changes', limit: activityLookedAt })
			if (!activity.ok) return activity
			const drafts = await store.connectors.listDrafts(workspaceId, session.accountId)
			const account = await store.accountRows.find(session.accountId)
			return ok({
				connectorCount: counts.total,
				byState: readCounts(counts.byState),
				needsAttention: needsAttention.map(attentionDocument),
				recentActivity: newsOf(activity.value.entries).map(activityDocument),
				nextStep: chooseNextStep({
					mayConnect: hasRole(member.role, 'editor'),
					hasDraft: drafts.length > 0,
					hasConnector: counts.total > 0,
					hasTrouble: needsAttention.length > 0,
					hasSecondFactor: account?.hasSecondFactor ?? false,
				}),
			})
		},
	}
}

function newsOf(entries: readonly RecordedAuditEntry[]): readonly RecordedAuditEntry[] {
	return entries.filter(({ event }) => event !== 'site.read').slice(0, activityLimit)
}

async function findNeedingAttention(store: Store, workspaceId: string): Promise<readonly Connector[]> {
	const found: Connector[] = []
	for (const state of attentionStates) {
		const page = await store.connectors.page({ workspaceId, state, sort: 'name', limit: attentionLimit })
		if (page.ok) found.push(...page.value.connectors)
	}
	return found.slice(0, attentionLimit)
}

function attentionDocument({ id, name, site, state, checkedAt }: Connector) {
	return { id, name, host: site.host, state, checkedAt: checkedAt?.toISOString() ?? null }
}

function readCounts(byState: Readonly<Record<ConnectorState, number>>) {
	return Object.entries(byState)
		.map(([state, count]) => ({ state: state as ConnectorState, count })) // the keys are the record's
		.filter(({ count }) => count > 0)
}

function chooseNextStep(facts: {
	readonly mayConnect: boolean
	readonly hasDraft: boolean
	readonly hasConnector: boolean
	readonly hasTrouble: boolean
	readonly hasSecondFactor: boolean
}): NextStep {
	if (facts.mayConnect && facts.hasDraft) return 'finish-draft'
	if (facts.mayConnect && !facts.hasConnector) return 'connect-first-site'
	if (facts.mayConnect && facts.hasTrouble) return 'fix-connector'
	return facts.hasSecondFactor ? 'none' : 'enable-two-factor'
}
