import type { ActivityEntry } from '@postern/api/contract'
import { useLanguage } from '../../texts/use-language.ts'
import { dayOf } from '../../ui/format-time.ts'
import classes from './activity.module.css'
import { ActivityList } from './activity-list.tsx'
import { groupByDay } from './group-by-day.ts'

type ActivityDaysProps = {
	readonly entries: readonly ActivityEntry[]
	/** Whether they are below the heading of a section, and not right below that of the page. */
	readonly isInSection?: boolean
}

export function ActivityDays({ entries, isInSection = false }: ActivityDaysProps) {
	const language = useLanguage()
	const Heading = isInSection ? 'h3' : 'h2'
	return groupByDay(entries).map(({ key, entries: ofDay }) => (
		<section key={key} className={classes.day}>
			<Heading className={classes.date}>{ofDay[0] && dayOf(ofDay[0].at, language)}</Heading>
			<ActivityList entries={ofDay} />
		</section>
	))
}
