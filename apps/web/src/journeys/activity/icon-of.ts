import type { ActivityEntry } from '@postern/api/contract'
import type { IconName } from '../../ui/icons.tsx'

const byNoun: Readonly<Record<string, IconName>> = {
	setup: 'key',
	account: 'account',
	workspace: 'pencil',
	member: 'users',
	connector: 'connectors',
	site: 'eye',
	'application-password': 'key',
	machine: 'machine',
	webhook: 'link',
	'connect-link': 'link',
}

/** What failed or was refused gets a warning; else the icon of what it is about. */
export function iconOf({ event, access }: Pick<ActivityEntry, 'event' | 'access'>): IconName {
	if (/failed$|refused$|regressed$/.test(event)) return 'warning'
	if (access !== null) return 'connectors'
	return byNoun[event.split('.')[0] ?? ''] ?? 'activity'
}
