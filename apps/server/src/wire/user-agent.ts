import server from '../../package.json' with { type: 'json' }
import type { Configuration } from '../configuration.ts'

/** Path of the page that tells hosts who asks their sites. */
const aboutRequestsPath = '/about-requests'

/** Firewalls refuse agents without a name and an address; whoever runs the site can see whom to ask. */
export function userAgentOf({ userAgent, origins }: Pick<Configuration, 'userAgent' | 'origins'>): string {
	if (userAgent !== undefined) return userAgent
	const about = origins[0].startsWith('https:') ? `+${origins[0]}${aboutRequestsPath}` : 'self-hosted'
	return `Postern/${server.version} (${about})`
}
