import { useTranslation } from 'react-i18next'
import { useLanguage } from '../../../texts/use-language.ts'
import { ChartTable } from '../../../ui/chart/chart-table.tsx'
import type { UsageDay } from './bars.ts'

const numbersOfDay = ['permitted', 'writes', 'refused'] as const

/** The same as the chart in numbers, the newest day first. */
export function UsageTable({ days }: { readonly days: readonly UsageDay[] }) {
	const { t } = useTranslation('passwords')
	const language = useLanguage()
	const numbers = new Intl.NumberFormat(language)
	const dayName = new Intl.DateTimeFormat(language, { month: 'short', day: 'numeric', timeZone: 'UTC' })
	return (
		<ChartTable
			summary={t('usage.table')}
			caption={t('usage.requests')}
			columns={[
				{ label: t('usage.day') },
				...numbersOfDay.map((name) => ({ label: t(`usage.${name}`), isNumber: true })),
			]}
		>
			{days.toReversed().map((day) => (
				<tr key={day.day}>
					<th scope="row">{dayName.format(new Date(day.day))}</th>
					{numbersOfDay.map((name) => (
						<td key={name} data-number>
							{numbers.format(day[name])}
						</td>
					))}
				</tr>
			))}
		</ChartTable>
	)
}
