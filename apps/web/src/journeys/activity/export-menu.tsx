import { Menu } from '@mantine/core'
import { hrefOf } from '@postern/api/client'
import { contract } from '@postern/api/contract'
import { useTranslation } from 'react-i18next'
import { useWorkspace } from '../../api/session.ts'
import { ActionButton } from '../../ui/buttons.tsx'
import { Icon } from '../../ui/icons.tsx'
import { queryOf, type ActivityFilter } from './activity-filter.ts'

const formats = ['csv', 'jsonl'] as const

/** The same filters, all pages, as a file. */
export function ExportMenu({ filter }: { readonly filter: ActivityFilter }) {
	const { t } = useTranslation('activity')
	const { id: workspaceId } = useWorkspace()
	return (
		<Menu position="bottom-end">
			<Menu.Target>
				<ActionButton leftSection={<Icon name="download" />}>{t('export.action')}</ActionButton>
			</Menu.Target>
			<Menu.Dropdown>
				{formats.map((format) => (
					<Menu.Item
						key={format}
						component="a"
						href={hrefOf(contract.exportActivity, { workspaceId, query: { ...queryOf(filter), format } })}
						download
					>
						{t(`export.${format}`)}
					</Menu.Item>
				))}
			</Menu.Dropdown>
		</Menu>
	)
}
