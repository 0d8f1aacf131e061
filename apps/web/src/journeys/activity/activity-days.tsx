import type { ActivityEntry } from '@postern/api/contract'
import { useLanguage } from '../../texts/use-language.ts'
import { dayOf } from '../../ui/format-time.ts'
import classes from './activity.module.css'
import { ActivityList } from './activity-list.tsx'
import { groupByDay } from './group-by-day.ts'

export function ActivityDays({ entries }: { readonly entries: readonly ActivityEntry[] }) {
	const language = useLanguage()
	return groupByDay(entries).map(({ key, entries: ofDay }) => (
		<section key={key} className={classes.day}>
			<h2 className={classes.date}>{ofDay[0] && dayOf(ofDay[0].at, language)}</h2>
			<ActivityList entries={ofDay} />
		</section>
	))
}
