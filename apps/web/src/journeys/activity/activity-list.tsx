import type { ActivityEntry } from '@postern/api/contract'
import { useTranslation } from 'react-i18next'
import { useLanguage } from '../../texts/use-language.ts'
import { exactTime, timeOfDay } from '../../ui/format-time.ts'
import { Icon } from '../../ui/icons.tsx'
import { useActivitySentence } from '../../ui/activity-sentence.ts'
import classes from './activity.module.css'
import { iconOf } from './icon-of.ts'

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
					<Icon name={iconOf(entry.event)} />
					<div>
						{sentence(entry)}
						<div className={classes.actor}>
							<Actor actor={entry.actor} />
						</div>
					</div>
				</li>
			))}
		</ul>
	)
}

function Actor({ actor }: { readonly actor: ActivityEntry['actor'] }) {
	const { t } = useTranslation('activity')
	if (actor.kind !== 'member' && actor.kind !== 'caller') return t(`by.${actor.kind}`)
	return actor.name === null ? t('by.memberGone') : t(`by.${actor.kind}`, { name: actor.name })
}
