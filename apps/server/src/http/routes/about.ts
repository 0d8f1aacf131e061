import { ok } from '@postern/vocabulary'
import type { Configuration } from '../../configuration.ts'
import { userAgentOf } from '../../wire/user-agent.ts'
import type { Handlers } from '../api.ts'

type About = Pick<Configuration, 'origins' | 'userAgent' | 'outgoingAddresses' | 'contact'>

export function aboutHandlers(configuration: About): Pick<Handlers, 'getAboutRequests'> {
	const { origins, outgoingAddresses, contact = null } = configuration
	const about = { userAgent: userAgentOf(configuration), contact, origin: origins[0] }
	return {
		async getAboutRequests() {
			return ok({ ...about, outgoingAddresses: [...outgoingAddresses] })
		},
	}
}
