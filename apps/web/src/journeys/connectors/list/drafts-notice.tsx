import type { ConnectorDocument } from '@postern/api/contract'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useWorkspace } from '../../../api/session.ts'
import { ActionButton } from '../../../ui/buttons.tsx'
import { focusHeading } from '../../../ui/focus-heading.ts'
import { Icon } from '../../../ui/icons.tsx'
import { ButtonLink } from '../../../ui/router-links.tsx'
import { draftsQuery } from '../connector-queries.ts'
import { draftTime } from '../create/draft-time.ts'
import { useDiscard } from '../use-connector-actions.ts'
import { useNow } from '../../../ui/use-now.ts'
import classes from './list.module.css'

/** More than these would push the list itself out of sight. */
const shownAtFirst = 3

/** Connections that were verified and wait for their name. */
export function DraftsNotice() {
	const { t } = useTranslation('connectors')
	const { id } = useWorkspace()
	const now = useNow(10_000)
	const { data: drafts = [] } = useQuery(draftsQuery(id))
	const [isOpen, setIsOpen] = useState(false)
	const waiting = drafts.filter(({ expiresAt }) => draftTime(expiresAt, now).state !== 'expired')
	const shown = isOpen ? waiting : waiting.slice(0, shownAtFirst)
	if (waiting.length === 0) return null
	return (
		<section className={classes.drafts} aria-labelledby="drafts-title">
			<h2 id="drafts-title">
				<Icon name="clock" /> {t('drafts.title')}
			</h2>
			<ul>
				{shown.map((draft) => (
					<Draft key={draft.id} draft={draft} now={now} />
				))}
			</ul>
			{shown.length < waiting.length && (
				<ActionButton variant="subtle" onClick={() => setIsOpen(true)}>
					{t('drafts.more', { count: waiting.length - shown.length })}
				</ActionButton>
			)}
		</section>
	)
}

function Draft({ draft, now }: { readonly draft: ConnectorDocument; readonly now: number }) {
	const { t } = useTranslation('connectors')
	const discard = useDiscard(draft, focusHeading)
	const time = draftTime(draft.expiresAt, now)
	const title = draft.site.title || draft.site.host
	return (
		<li>
			<span className={classes.draftName}>
				{t('drafts.line', { title, host: draft.site.host })}
				<span className={classes.second}>
					{time.state === 'waiting' ? t('drafts.left', { count: time.minutes }) : t('drafts.lessThanAMinute')}
				</span>
			</span>
			<span className={classes.draftButtons}>
				<ButtonLink to="/connectors/new" search={{ draft: draft.id }} aria-label={t('drafts.finishLabel', { title })}>
					{t('drafts.finish')}
				</ButtonLink>
				<ActionButton
					variant="subtle"
					isBusy={discard.isPending}
					aria-label={t('drafts.discardLabel', { title })}
					onClick={() => discard.mutate()}
				>
					{t('drafts.discard')}
				</ActionButton>
			</span>
		</li>
	)
}
