import type { ApplicationPasswordDocument } from '@postern/api/contract'
import { useTranslation } from 'react-i18next'
import type { Column } from '../../../ui/card-table.tsx'
import { DateCell, ExpiresCell, LastIpCell, LastUsedCell, MayDoCell, NameCell } from './password-cells.tsx'

/** What is told of every application password, wherever it is listed. */
export function usePasswordColumns<Row>(
	passwordOf: (row: Row) => ApplicationPasswordDocument,
): Readonly<Record<'name' | 'created' | 'lastUsed' | 'lastIp' | 'expires' | 'mayDo', Column<Row>>> {
	const { t } = useTranslation('passwords')
	const column = (name: 'created' | 'lastUsed' | 'lastIp' | 'expires' | 'mayDo', render: Column<Row>['render']) => ({
		name,
		label: t(`columns.${name}`),
		render,
	})
	return {
		name: {
			name: 'name',
			label: t('columns.name'),
			isPlain: true,
			render: (row) => <NameCell password={passwordOf(row)} />,
		},
		created: column('created', (row) => <DateCell at={passwordOf(row).createdAt} />),
		lastUsed: column('lastUsed', (row) => <LastUsedCell password={passwordOf(row)} />),
		lastIp: column('lastIp', (row) => <LastIpCell password={passwordOf(row)} />),
		expires: column('expires', (row) => <ExpiresCell password={passwordOf(row)} />),
		mayDo: column('mayDo', (row) => <MayDoCell password={passwordOf(row)} />),
	}
}
