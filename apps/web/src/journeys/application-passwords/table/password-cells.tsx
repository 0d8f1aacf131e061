import type { ApplicationPasswordDocument } from '@postern/api/contract'
import { presetText, withIncluded } from '@postern/vocabulary'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useLanguage } from '../../../texts/use-language.ts'
import { dateOf, exactTime } from '../../../ui/format-time.ts'
import { RelativeTime } from '../../../ui/relative-time.tsx'
import { Badge } from '../../../ui/state-badge.tsx'
import classes from '../passwords.module.css'

type CellProps = { readonly password: ApplicationPasswordDocument }

export function NameCell({ password, name = password.name }: CellProps & { readonly name?: ReactNode }) {
	const { t } = useTranslation('passwords')
	return (
		<span className={classes.stacked}>
			<strong>{name}</strong>
			{password.createdBy !== null && <span className={classes.second}>{t('by', { name: password.createdBy })}</span>}
		</span>
	)
}

export function DateCell({ at }: { readonly at: string }) {
	const language = useLanguage()
	return (
		<time dateTime={at} title={exactTime(at, language)} className={classes.date}>
			{dateOf(at, language)}
		</time>
	)
}

export function LastUsedCell({ password: { lastUsedAt } }: CellProps) {
	const { t } = useTranslation('passwords')
	return lastUsedAt === null ? t('none') : <RelativeTime at={lastUsedAt} />
}

export function LastIpCell({ password: { lastIp } }: CellProps) {
	const { t } = useTranslation('passwords')
	if (lastIp === null) return t('none')
	// The longer ones of IPv6 have to wrap.
	return lastIp.includes(':') ? lastIp : <span className={classes.unbroken}>{lastIp}</span>
}

export function ExpiresCell({ password: { expiresAt, isExpired } }: CellProps) {
	const { t } = useTranslation('passwords')
	if (expiresAt === null) return t('none')
	if (isExpired)
		return (
			<Badge icon="clock" tone="bad">
				{t('expiry.expired')}
			</Badge>
		)
	return <DateCell at={expiresAt} />
}

/** In a few words; the details have them all. */
export function MayDoCell({ password }: CellProps) {
	const { t } = useTranslation('passwords')
	const { preset, scopes, connectors, effectiveScopes } = password
	const language = useLanguage()
	const isLowered = [...withIncluded(scopes)].some((scope) => !effectiveScopes.includes(scope))
	return (
		<span className={classes.stacked}>
			<span>{preset === null ? t('custom', { count: scopes.length }) : presetText(preset, language).name}</span>
			<span className={classes.second}>
				{connectors === 'all' ? t('connectors.shortAll') : t('connectors.short', { count: connectors.length })}
			</span>
			{isLowered && (
				<Badge icon="half" tone="caution">
					{t('lowered')}
				</Badge>
			)}
		</span>
	)
}
