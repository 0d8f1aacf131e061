import type { ConnectorState } from '@postern/vocabulary'
import { useTranslation } from 'react-i18next'
import { Icon, type IconName } from './icons.tsx'
import classes from './state-badge.module.css'

export type Tone = 'good' | 'caution' | 'bad' | 'quiet' | 'busy'

/** A state: always an icon and a word. */
export function Badge({
	icon,
	tone,
	isLong = false,
	children,
}: {
	readonly icon: IconName
	readonly tone: Tone
	/** A sentence, not a word: may take several lines. */
	readonly isLong?: boolean
	readonly children: string
}) {
	return (
		<span className={classes.badge} data-tone={tone} data-long={isLong || undefined}>
			<Icon name={icon} size={17} />
			<span>{children}</span>
		</span>
	)
}

const looks: Record<ConnectorState, { readonly icon: IconName; readonly tone: Tone }> = {
	healthy: { icon: 'passed', tone: 'good' },
	limited: { icon: 'half', tone: 'caution' },
	'needs-attention': { icon: 'warning', tone: 'bad' },
	unreachable: { icon: 'unplugged', tone: 'bad' },
	maintenance: { icon: 'wrench', tone: 'caution' },
	checking: { icon: 'running', tone: 'busy' },
	paused: { icon: 'pause', tone: 'quiet' },
}

export function StateBadge({ state }: { readonly state: ConnectorState }) {
	const { t } = useTranslation('shell')
	return <Badge {...looks[state]}>{t(`states.${state}`)}</Badge>
}
