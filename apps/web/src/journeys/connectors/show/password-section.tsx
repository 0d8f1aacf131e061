import { NativeSelect } from '@mantine/core'
import { localProblem } from '@postern/api/client'
import type { ConnectorDocument, ConnectorTypeDocument } from '@postern/api/contract'
import { useTranslation } from 'react-i18next'
import { useLanguage } from '../../../texts/use-language.ts'
import { ActionButton } from '../../../ui/buttons.tsx'
import { fact, Facts } from '../../../ui/facts.tsx'
import { dateAndTime } from '../../../ui/format-time.ts'
import { Icon } from '../../../ui/icons.tsx'
import { Section } from '../../../ui/page.tsx'
import { ProblemCard } from '../../../ui/problem-card.tsx'
import { Badge } from '../../../ui/state-badge.tsx'
import { isReplacing } from '../rotation-on-arrival.ts'
import { useRotate, useRotateEvery } from '../use-password-actions.ts'
import classes from './show.module.css'

type PasswordSectionProps = {
	readonly connector: ConnectorDocument
	readonly type: ConnectorTypeDocument | undefined
	readonly isEditor: boolean
}

const intervals = [30, 90, 180] as const

/** Where the credential came from, and whether another takes its place: now, or by the clock. */
export function PasswordSection({ connector, type, isEditor }: PasswordSectionProps) {
	const { t } = useTranslation('connecting')
	const language = useLanguage()
	const rotate = useRotate(connector)
	const { credentialFrom, rotatedAt, rotationProblem, site, account, state } = connector
	const canRotate = type?.can.rotate === true && connector.transport === 'rest'
	const mayRotate = canRotate && isEditor && connector.applicationPassword.uuid !== null && state !== 'paused'
	return (
		<Section
			title={t('password.title')}
			actions={
				mayRotate && (
					<ActionButton leftSection={<Icon name="refresh" />} isBusy={rotate.isPending} onClick={() => rotate.mutate()}>
						{t('password.rotateNow')}
					</ActionButton>
				)
			}
		>
			<Facts
				facts={[
					[t('password.from'), t(`password.ways.${credentialFrom}`)],
					...(canRotate ? [fact(t('password.rotated'), <Rotated connector={connector} />)] : []),
					...(rotatedAt === null ? [] : [fact(t('password.rotatedAt'), dateAndTime(rotatedAt, language))]),
				]}
			/>
			<div role="status">{rotate.isPending && <p className={classes.quiet}>{t('password.rotating')}</p>}</div>
			{canRotate && isEditor && <RotateEvery connector={connector} />}
			{!canRotate && type?.can.rotate && <p className={classes.quiet}>{t('password.notOverXmlRpc')}</p>}
			{rotate.error && <ProblemCard problem={rotate.error.problem} takesFocus />}
			{!rotate.error && rotationProblem !== null && (
				<ProblemCard problem={localProblem(rotationProblem, { host: site.host, username: account.username })} />
			)}
		</Section>
	)
}

function Rotated({ connector }: { readonly connector: ConnectorDocument }) {
	const { t } = useTranslation('connecting')
	if (isReplacing(connector) && connector.state !== 'paused')
		return (
			<Badge icon="running" tone="busy" isLong>
				{t('arrival.replacing')}
			</Badge>
		)
	if (!connector.isRotated)
		return (
			<Badge icon="warning" tone="caution" isLong>
				{t('password.notRotated')}
			</Badge>
		)
	return t(connector.rotatedAt === null ? 'password.neverTravelled' : 'password.replaced')
}

/** A browser's own list: four answers need no more. */
function RotateEvery({ connector }: { readonly connector: ConnectorDocument }) {
	const { t } = useTranslation('connecting')
	const change = useRotateEvery(connector)
	const current = connector.rotateEveryDays ?? 0
	const days = [0, ...new Set([...intervals, ...(current === 0 ? [] : [current])])].toSorted((a, b) => a - b)
	return (
		<>
			<NativeSelect
				className={classes.every ?? ''}
				label={t('password.every')}
				description={t('password.everyHint')}
				value={String(change.isPending ? change.variables : current)}
				data={days.map((count) => ({
					value: String(count),
					label: count === 0 ? t('password.never') : t('password.days', { count }),
				}))}
				onChange={(event) => change.mutate(Number(event.currentTarget.value))}
			/>
			{change.error && <ProblemCard problem={change.error.problem} />}
		</>
	)
}
