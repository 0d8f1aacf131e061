import type { AuditEvent } from '@postern/vocabulary'
import type { IconName } from '../../ui/icons.tsx'

const byNoun: Readonly<Record<string, IconName>> = {
	setup: 'key',
	account: 'account',
	workspace: 'pencil',
	member: 'members',
	connector: 'connectors',
	site: 'eye',
}

/** What failed gets a warning; else the icon of what it is about. */
export function iconOf(event: AuditEvent): IconName {
	if (event.endsWith('failed')) return 'warning'
	return byNoun[event.split('.')[0] ?? ''] ?? 'activity'
}
