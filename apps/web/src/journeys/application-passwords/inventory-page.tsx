import type { InventoryEntry } from '@postern/api/contract'
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useWorkspace } from '../../api/session.ts'
import { speak } from '../../ui/announcer.tsx'
import { BackLink } from '../../ui/back-link.tsx'
import { ActionButton } from '../../ui/buttons.tsx'
import { CardTable } from '../../ui/card-table.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Loading } from '../../ui/loading.tsx'
import { Page, Section } from '../../ui/page.tsx'
import { ProblemCard } from '../../ui/problem-card.tsx'
import { ButtonLink, TextLink } from '../../ui/router-links.tsx'
import { SearchField } from '../../ui/search-field.tsx'
import { inventoryQuery } from './passwords-queries.ts'
import { PASSWORDS_SECTION } from './passwords-section-id.ts'
import classes from './passwords.module.css'
import { NameCell } from './table/password-cells.tsx'
import { usePasswordColumns } from './table/password-columns.tsx'
import { RevokeButton } from './table/revoke-button.tsx'

/** For owners: every application password of the workspace, and whose it is. */
export function InventoryPage() {
	const { t } = useTranslation('passwords')
	const { t: shell } = useTranslation('shell')
	const workspace = useWorkspace()
	const { search = '' } = useSearch({ from: '/shell/application-passwords' })
	const navigate = useNavigate()
	const inventory = useInfiniteQuery({
		...inventoryQuery(workspace.id, search),
		placeholderData: keepPreviousData,
	})
	const entries = inventory.data?.pages.flatMap((page) => page.entries)
	const showOlder = async () => {
		const { isError } = await inventory.fetchNextPage()
		if (!isError) speak(t('inventory.olderShown'))
	}
	const ask = (text: string) =>
		void navigate({ to: '/application-passwords', search: { search: text || undefined }, replace: true })
	const hasAny = entries === undefined || entries.length > 0 || search !== ''
	return (
		<Page
			title={t('inventory.title')}
			before={<BackLink to="/users">{shell('nav.users')}</BackLink>}
			description={t('inventory.description', { workspace: workspace.name })}
		>
			<Section>
				{hasAny && (
					<SearchField
						label={t('inventory.search')}
						clearLabel={t('inventory.clearSearch')}
						text={search}
						onChange={ask}
						className={classes.search ?? ''}
					/>
				)}
				{inventory.isPending && <Loading />}
				{entries && entries.length > 0 && <InventoryTable entries={entries} />}
				{entries?.length === 0 && <Nothing isSearch={search !== ''} onShowAll={() => ask('')} />}
				{inventory.error && (
					<ProblemCard problem={inventory.error.problem} onTryAgain={() => void inventory.refetch()} />
				)}
				{inventory.hasNextPage && (
					<ActionButton isBusy={inventory.isFetchingNextPage} onClick={() => void showOlder()}>
						{shell('olderEntries')}
					</ActionButton>
				)}
			</Section>
		</Page>
	)
}

function InventoryTable({ entries }: { readonly entries: readonly InventoryEntry[] }) {
	const { t } = useTranslation('passwords')
	const columns = usePasswordColumns((entry: InventoryEntry) => entry.applicationPassword)
	return (
		<CardTable
			caption={t('inventory.title')}
			rows={entries}
			keyOf={(entry) => entry.applicationPassword.uuid}
			columns={[
				{ ...columns.name, render: (entry) => <LinkedName password={entry.applicationPassword} /> },
				{ name: 'owner', label: t('columns.owner'), render: (entry) => <OwnerCell owner={entry.owner} /> },
				columns.created,
				columns.lastUsed,
				columns.lastIp,
				columns.expires,
				columns.mayDo,
				{
					name: 'actions',
					label: t('columns.actions'),
					isPlain: true,
					render: ({ owner, applicationPassword }) => (
						<span className={classes.actions}>
							<RevokeButton memberId={owner.memberId} password={applicationPassword} />
						</span>
					),
				},
			]}
		/>
	)
}

/** Leads to what it was used for. */
function LinkedName({ password }: { readonly password: InventoryEntry['applicationPassword'] }) {
	return (
		<NameCell
			password={password}
			name={
				<TextLink to="/application-passwords/$uuid" params={{ uuid: password.uuid }}>
					{password.name}
				</TextLink>
			}
		/>
	)
}

function OwnerCell({ owner }: Pick<InventoryEntry, 'owner'>) {
	const { t } = useTranslation('passwords')
	const { t: shell } = useTranslation('shell')
	return (
		<span className={`${classes.stacked} ${classes.owner}`}>
			<TextLink to="/users/$memberId" params={{ memberId: owner.memberId }} hash={PASSWORDS_SECTION}>
				{owner.username}
			</TextLink>
			<span className={classes.second}>
				{owner.kind === 'machine' ? t('inventory.machine') : shell(`roles.${owner.role}`)}
			</span>
		</span>
	)
}

function Nothing({ isSearch, onShowAll }: { readonly isSearch: boolean; readonly onShowAll: () => void }) {
	const { t } = useTranslation('passwords')
	const { memberId } = useWorkspace()
	if (isSearch)
		return (
			<EmptyState
				icon="search"
				title={t('inventory.noneFound.title')}
				action={<ActionButton onClick={onShowAll}>{t('inventory.noneFound.action')}</ActionButton>}
			>
				{t('inventory.noneFound.body')}
			</EmptyState>
		)
	return (
		<EmptyState
			icon="key"
			title={t('inventory.empty.title')}
			action={
				<ButtonLink to="/users/$memberId" params={{ memberId }} hash={PASSWORDS_SECTION}>
					{t('inventory.empty.action')}
				</ButtonLink>
			}
		>
			{t('inventory.empty.body')}
		</EmptyState>
	)
}
