import type { ConnectorDocument } from '@postern/api/contract'
import { useTranslation } from 'react-i18next'
import { useLanguage } from '../../../texts/use-language.ts'
import { Icon } from '../../../ui/icons.tsx'
import { problemTitle } from '../../../ui/problem-title.ts'
import { Badge } from '../../../ui/state-badge.tsx'
import { AccountFacts } from '../account-facts.tsx'
import { NoteList } from '../note-list.tsx'
import { PermissionList } from '../permission-list.tsx'
import classes from './create.module.css'

/** By these ways a password comes that WordPress made for Postern. */
const hasArrived: ReadonlySet<ConnectorDocument['credentialFrom']> = new Set(['approved', 'rotated'])

const looks = {
	replaced: { icon: 'passed', tone: 'good' },
	replacing: { icon: 'running', tone: 'busy' },
	kept: { icon: 'warning', tone: 'caution' },
} as const

/** What came back in an address is replaced as soon as it is here; whether that is done, or not possible. */
function Arrival({ connector }: { readonly connector: ConnectorDocument }) {
	const { t } = useTranslation('connecting')
	const language = useLanguage()
	const { isRotated, rotationProblem, site } = connector
	const state = isRotated ? 'replaced' : rotationProblem === null ? 'replacing' : 'kept'
	return (
		<div role="status">
			<h3>{t('arrival.title')}</h3>
			<Badge {...looks[state]} isLong>
				{t(`arrival.${state}`)}
			</Badge>
			{state === 'kept' && rotationProblem !== null && (
				<p>
					{problemTitle(rotationProblem, { host: site.host }, language)} {t('arrival.keptMeans')}
				</p>
			)}
		</div>
	)
}

export function SuccessCard({ connector }: { readonly connector: ConnectorDocument }) {
	const { t } = useTranslation('connectors')
	const { site, account, permissions, notes } = connector
	return (
		<section className={classes.success} aria-labelledby="success-title">
			<h2 id="success-title" className={classes.successTitle}>
				<Icon name="passed" size={22} />
				<span>{t('success.title', { title: site.title || site.host })}</span>
			</h2>
			<h3>{t('success.who')}</h3>
			<AccountFacts account={account} />
			<h3>{t('success.may')}</h3>
			<PermissionList granted={permissions} />
			{hasArrived.has(connector.credentialFrom) && <Arrival connector={connector} />}
			{notes.length > 0 && (
				<>
					<h3>{t('success.remarks')}</h3>
					<NoteList notes={notes} />
				</>
			)}
		</section>
	)
}
