import { useTranslation } from 'react-i18next'
import { useLanguage } from '../../../texts/use-language.ts'
import type { UsageDay } from './bars.ts'
import classes from './usage.module.css'

const columns = ['permitted', 'writes', 'refused'] as const

/** The same as the chart in numbers, the newest day first. */
export function UsageTable({ days }: { readonly days: readonly UsageDay[] }) {
	const { t } = useTranslation('passwords')
	const language = useLanguage()
	const numbers = new Intl.NumberFormat(language)
	const dayName = new Intl.DateTimeFormat(language, { month: 'short', day: 'numeric', timeZone: 'UTC' })
	return (
		<details className={classes.details}>
			<summary>{t('usage.table')}</summary>
			<table className={classes.table}>
				<caption className="visually-hidden">{t('usage.requests')}</caption>
				<thead>
					<tr>
						<th scope="col">{t('usage.day')}</th>
						{columns.map((name) => (
							<th key={name} scope="col">
								{t(`usage.${name}`)}
							</th>
						))}
					</tr>
				</thead>
				<tbody>
					{days.toReversed().map((day) => (
						<tr key={day.day}>
							<th scope="row">{dayName.format(new Date(day.day))}</th>
							{columns.map((name) => (
								<td key={name}>{numbers.format(day[name])}</td>
							))}
						</tr>
					))}
				</tbody>
			</table>
		</details>
	)
}
