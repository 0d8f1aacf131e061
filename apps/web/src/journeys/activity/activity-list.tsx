import type { ActivityEntry } from '@postern/api/contract'
import { useTranslation } from 'react-i18next'
import { useLanguage } from '../../texts/use-language.ts'
import { exactTime, timeOfDay } from '../../ui/format-time.ts'
import { Icon } from '../../ui/icons.tsx'
import { useActivitySentence } from '../../ui/activity-sentence.ts'
import classes from './activity.module.css'
import { iconOf } from './icon-of.ts'
import { RequestEntry } from './request-entry.tsx'

/** Entries with time, sentence and actor. */
export function ActivityList({ entries }: { readonly entries: readonly ActivityEntry[] }) {
	const language = useLanguage()
	const sentence = useActivitySentence()
	return (
		<ul className={classes.entries}>
			{entries.map((entry) => (
				<li key={entry.id} className={classes.entry}>
					<time dateTime={entry.at} title={exactTime(entry.at, language)}>
						{timeOfDay(entry.at, language)}
					</time>
					<Icon name={iconOf(entry)} />
					<div>
						{entry.access === null ? sentence(entry) : <RequestEntry access={entry.access} params={entry.params} />}
						<div className={classes.actor}>
							<Actor entry={entry} />
						</div>
					</div>
				</li>
			))}
		</ul>
	)
}

function Actor({ entry: { actor, access } }: { readonly entry: ActivityEntry }) {
	const { t } = useTranslation('activity')
	const name = useActorName(actor, access !== null)
	return access?.connector ? `${name} · ${t('on', { connector: access.connector.name })}` : name
}

/** Of a request it is plain that it came with an application password; the name of a caller tells with which. */
function useActorName({ kind, name }: ActivityEntry['actor'], isRequest: boolean): string {
	const { t } = useTranslation('activity')
	if (kind !== 'member' && kind !== 'caller') return t(`by.${kind}`)
	if (name === null) return t('by.memberGone')
	return isRequest ? name : t(`by.${kind}`, { name })
}
