import { useTranslation } from 'react-i18next'
import { useLanguage } from '../../../texts/use-language.ts'
import { CardTable, type Column } from '../../../ui/card-table.tsx'
import { Icon, type IconName } from '../../../ui/icons.tsx'
import { problemTitle } from '../../../ui/problem-title.ts'
import { TextLink } from '../../../ui/router-links.tsx'
import type { ShownRow } from './import-progress.ts'
import classes from './import.module.css'

/** What is in the file, without its passwords, and what came of each row. */
export function ImportTable({ rows }: { readonly rows: readonly ShownRow[] }) {
	const { t } = useTranslation('import')
	const columns: readonly Column<ShownRow>[] = [
		{ name: 'line', label: t('line'), render: ({ line }) => line },
		{ name: 'address', label: 'address', render: ({ address }) => address },
		{ name: 'username', label: 'username', render: ({ username }) => username },
		{
			name: 'password',
			label: t('password'),
			render: ({ hasPassword }) => t(hasPassword ? 'passwordGiven' : 'passwordMissing'),
		},
		{ name: 'name', label: 'name', render: ({ name }) => name || <em>{t('nameFromSite')}</em> },
		{ name: 'tags', label: 'tags', render: ({ tags }) => tags.join(', ') },
		{ name: 'result', label: t('result'), render: (row) => <Result row={row} /> },
	]
	return <CardTable caption={t('caption')} columns={columns} rows={rows} keyOf={({ line }) => String(line)} />
}

const icons: Readonly<Record<ShownRow['state'], IconName>> = {
	waiting: 'waiting',
	running: 'running',
	throttled: 'clock',
	imported: 'passed',
	present: 'skipped',
	failed: 'failed',
}

function Result({ row }: { readonly row: ShownRow }) {
	const { t } = useTranslation('import')
	const language = useLanguage()
	return (
		<span className={classes.result} data-state={row.state}>
			<Icon name={icons[row.state]} />
			<span>
				{t(`states.${row.state}`)}
				{(row.state === 'imported' || row.state === 'present') && (
					<TextLink
						to="/connectors/$connectorId"
						params={{ connectorId: row.connectorId }}
						className={classes.second ?? ''}
					>
						{row.name}
					</TextLink>
				)}
				{row.state === 'failed' && (
					<span className={classes.second}>{problemTitle(row.problem.code, row.problem.params, language)}</span>
				)}
			</span>
		</span>
	)
}
