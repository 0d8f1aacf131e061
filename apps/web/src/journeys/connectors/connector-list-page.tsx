import { hasRole } from '@postern/vocabulary'
import { getRouteApi } from '@tanstack/react-router'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useWorkspace } from '../../api/session.ts'
import { Loading } from '../../ui/loading.tsx'
import { Page } from '../../ui/page.tsx'
import { ProblemCard } from '../../ui/problem-card.tsx'
import { useRemembered } from '../../ui/remembered.ts'
import type { ListFilter } from './connector-queries.ts'
import { BulkBar } from './list/bulk-bar.tsx'
import { ConnectorTable } from './list/connector-table.tsx'
import { DraftsNotice } from './list/drafts-notice.tsx'
import { KeysDialog } from './list/keys-dialog.tsx'
import { ListActions } from './list/list-actions.tsx'
import { ListFilters } from './list/list-filters.tsx'
import { ListHead } from './list/list-head.tsx'
import { isFiltered, writeListSearch } from './list/list-search.ts'
import { NoConnectors, NoneFound } from './list/no-connectors.tsx'
import { useList } from './list/use-list.ts'
import { useSelection } from './list/use-selection.ts'
import { ImportNotice } from './import/import-notice.tsx'
import { OpenLinks } from './links/open-links.tsx'

const route = getRouteApi('/shell/connectors')

export function ConnectorListPage() {
	const { t } = useTranslation('connectors')
	const { role } = useWorkspace()
	return (
		<Page title={t('title')} actions={<ListActions />}>
			{hasRole(role, 'editor') && <DraftsNotice />}
			<ImportNotice />
			<Connectors />
			{hasRole(role, 'editor') && <OpenLinks />}
		</Page>
	)
}

function Connectors() {
	const { role } = useWorkspace()
	const { search = '', state, type, tag, owner, sort } = route.useSearch()
	const navigate = route.useNavigate()
	const filter = { search, state, type, tag, owner, sort }
	const list = useList(filter)
	const loaded = list.connectors.map(({ id }) => id)
	const { selection, bar } = useSelection(filter, { total: list.total, loaded })
	const keys = useKeys()
	const change = (next: ListFilter) =>
		void navigate({ search: writeListSearch(next), replace: true, resetScroll: false })
	if (list.error) return <ProblemCard problem={list.error.problem} onTryAgain={list.tryAgain} />
	if (!list.isLoaded) return <Loading />
	if (list.connectors.length === 0 && !isFiltered(filter))
		return (
			<>
				<NoConnectors />
				<BulkBar {...bar} />
			</>
		)
	const selectable = hasRole(role, 'editor') ? selection : undefined
	return (
		<>
			<ListFilters filter={filter} onChange={change} searchRef={keys.table.search} />
			<ListHead
				total={list.total}
				isFiltered={isFiltered(filter)}
				loaded={loaded}
				selection={selectable}
				onKeys={keys.table.onHelp}
			/>
			{list.connectors.length === 0 ? (
				<NoneFound onShowAll={() => change({ search: '', state: undefined, sort })} />
			) : (
				<ConnectorTable {...list} selection={selectable} keys={keys.table} />
			)}
			{list.isLoadingMore && <LoadingMore />}
			<BulkBar {...bar} />
			<KeysDialog {...keys.dialog} />
		</>
	)
}

function LoadingMore() {
	const { t } = useTranslation('connectors')
	return <Loading>{t('loadingMore')}</Loading>
}

function useKeys() {
	const search = useRef<HTMLDivElement>(null)
	const [isOn, onSwitch] = useRemembered('list keys', true)
	const [isOpen, setIsOpen] = useState(false)
	return {
		table: { isOn, search, onHelp: () => setIsOpen(true) },
		dialog: { isOpen, isOn, onSwitch, onClose: () => setIsOpen(false) },
	}
}
