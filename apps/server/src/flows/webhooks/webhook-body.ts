import { problems, type WebhookEvent, type WebhookSubject } from '@postern/vocabulary'
import type { Connector } from '../../store/connector/connector.ts'
import type { Workspace } from '../../store/workspaces.ts'

type Told = { readonly event: WebhookEvent; readonly at: Date; readonly workspace: Workspace }

/** What is said of a connector: never more than a viewer sees, and nothing that opens anything. */
export function connectorBody(
	{ event, at, workspace }: Told & { readonly event: WebhookSubject },
	about: Connector,
): string {
	const { id, name, site, type, state, diagnosis } = about
	return write(
		{ event, at, workspace },
		{
			connector: {
				id,
				name,
				url: site.url,
				type,
				state,
				diagnosis: diagnosis && {
					code: diagnosis.code,
					certainty: diagnosis.certainty,
					fixedBy: problems[diagnosis.code].fixedBy,
				},
			},
		},
	)
}

export function testBody(told: Omit<Told, 'event'>): string {
	return write({ ...told, event: 'test' }, {})
}

function write({ event, at, workspace: { id, name } }: Told, data: object): string {
	return JSON.stringify({ type: event, timestamp: at.toISOString(), data: { ...data, workspace: { id, name } } })
}
