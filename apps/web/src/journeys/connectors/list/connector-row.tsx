import { Checkbox } from '@mantine/core'
import type { ConnectorDocument } from '@postern/api/contract'
import { hasRole } from '@postern/vocabulary'
import type { ReactNode, Ref } from 'react'
import { useTranslation } from 'react-i18next'
import { useWorkspace } from '../../../api/session.ts'
import { RelativeTime } from '../../../ui/relative-time.tsx'
import { TextLink } from '../../../ui/router-links.tsx'
import { StateBadge } from '../../../ui/state-badge.tsx'
import { roleNames } from '../../../ui/wordpress-roles.ts'
import { shortAddress } from '../../../ui/short-address.ts'
import { useCheck } from '../use-connector-actions.ts'
import { ConnectorTags } from './connector-tags.tsx'
import classes from './list.module.css'
import { RowMenu, type OpenDialog } from './row-menu.tsx'

export type RowSelection = {
	readonly isSelected: boolean
	/** With a range: all from the one before. */
	readonly onToggle: (isRange: boolean) => void
}

export type ConnectorRowProps = {
	readonly ref: Ref<HTMLTableRowElement>
	readonly index: number
	readonly connector: ConnectorDocument
	readonly isHighlighted: boolean
	/** Undefined for who can do nothing with a selection. */
	readonly selection: RowSelection | undefined
	readonly onDialog: OpenDialog
}

export function ConnectorRow({ ref, index, connector, isHighlighted, selection, onDialog }: ConnectorRowProps) {
	const { t } = useTranslation(['connectors', 'list'])
	const { role } = useWorkspace()
	const check = useCheck(connector)
	const { account, site, checkedAt } = connector
	return (
		<tr
			ref={ref}
			role="row"
			aria-rowindex={index + 2}
			data-index={index}
			data-highlighted={isHighlighted || undefined}
			data-selected={selection?.isSelected || undefined}
		>
			{selection && (
				<td role="cell" data-column="select">
					<Checkbox
						checked={selection.isSelected}
						onChange={(event) => selection.onToggle(isWithShift(event.nativeEvent))}
						aria-label={t('list:select', { name: connector.name })}
					/>
				</td>
			)}
			<td role="cell" data-column="name">
				<TextLink to="/connectors/$connectorId" params={{ connectorId: connector.id }} className={classes.name ?? ''}>
					{connector.name}
				</TextLink>
				<span className={classes.second}>{shortAddress(site)}</span>
				{isHighlighted && <span className={classes.new}>{t('page.saved')}</span>}
				<ConnectorTags connector={connector} />
			</td>
			<Cell name="account" label={t('columns.account')}>
				<span className={classes.first}>{account.displayName || account.username}</span>
				<span className={classes.second}>{roleNames(account.roles)}</span>
			</Cell>
			<Cell name="state" label={t('columns.state')}>
				<StateBadge state={check.isPending ? 'checking' : connector.state} />
			</Cell>
			<Cell name="checked" label={t('columns.checked')}>
				{checkedAt ? <RelativeTime at={checkedAt} /> : t('neverChecked')}
			</Cell>
			<Cell name="owner" label={t('list:columns.owner')}>
				{connector.createdBy?.name ?? t('list:filters.formerOwner')}
			</Cell>
			<td role="cell" data-column="actions">
				{hasRole(role, 'editor') && <RowMenu connector={connector} check={check} onDialog={onDialog} />}
			</td>
		</tr>
	)
}

/** A tick by mouse is a click, which knows of the key. */
function isWithShift(event: Event): boolean {
	return event instanceof MouseEvent && event.shiftKey
}

/** On a card its label stands beside it. */
function Cell({
	name,
	label,
	children,
}: {
	readonly name: string
	readonly label: string
	readonly children: ReactNode
}) {
	return (
		<td role="cell" data-column={name}>
			<span className={classes.label} aria-hidden="true">
				{label}
			</span>
			<span className={classes.value}>{children}</span>
		</td>
	)
}
