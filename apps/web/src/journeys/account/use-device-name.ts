import { useTranslation } from 'react-i18next'
import { readUserAgent } from '../../ui/read-user-agent.ts'

/** "Firefox on Linux", from a `User-Agent`; what it says itself if it is not a browser. */
export function useDeviceName(): (userAgent: string | null) => string {
	const { t } = useTranslation('account')
	return (userAgent) => {
		const device = readUserAgent(userAgent)
		if (!device) return userAgent?.slice(0, 60) || t('sessions.unknownDevice')
		const { browser, system } = device
		return system === undefined ? browser : t('sessions.onSystem', { browser, system })
	}
}
