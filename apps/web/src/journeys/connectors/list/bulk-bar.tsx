import { hasRole } from '@postern/vocabulary'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useWorkspace } from '../../../api/session.ts'
import { ActionButton } from '../../../ui/buttons.tsx'
import { Icon, type IconName } from '../../../ui/icons.tsx'
import { BulkDialogs, type BulkDialog } from './bulk-dialogs.tsx'
import { BulkResult } from './bulk-result.tsx'
import classes from './list.module.css'
import type { BulkRun, BulkWish } from './use-bulk.ts'

export type BulkBarProps = {
	/** How many are selected. */
	readonly count: number
	readonly isAllMatching: boolean
	/** How many match altogether, where more can be selected than are. */
	readonly total: number | undefined
	readonly run: BulkRun | undefined
	readonly onSelectMatching: () => void
	readonly onClear: () => void
	readonly onStart: (wish: Omit<BulkWish, 'of'>) => void
	readonly onStop: () => void
	readonly onClose: () => void
}

/** Stands at the foot of the screen while something is selected, or a result is to be read. */
export function BulkBar(props: BulkBarProps) {
	const { t } = useTranslation('list')
	const { count, run } = props
	const isRunning = run?.state === 'running'
	if (count === 0 && run === undefined) return null
	return (
		<section className={classes.bar} aria-label={t('bar.label')}>
			{run !== undefined && <BulkResult run={run} onStop={props.onStop} onClose={props.onClose} />}
			{count > 0 && !isRunning && <Selected {...props} />}
		</section>
	)
}

function Selected({ count, isAllMatching, total, onSelectMatching, onClear, onStart }: BulkBarProps) {
	const { t } = useTranslation('list')
	const { role } = useWorkspace()
	const [dialog, setDialog] = useState<BulkDialog>()
	const button = (action: 'check' | 'pause' | 'resume', icon: IconName) => (
		<ActionButton size="sm" leftSection={<Icon name={icon} />} onClick={() => onStart({ action })}>
			{t(`bar.${action}`)}
		</ActionButton>
	)
	const asking = (action: BulkDialog, icon: IconName) => (
		<ActionButton size="sm" leftSection={<Icon name={icon} />} onClick={() => setDialog(action)}>
			{t(`bar.${action}`)}
		</ActionButton>
	)
	return (
		<>
			<div className={classes.barLine}>
				<strong>{t(isAllMatching ? 'bar.allMatching' : 'bar.selected', { count })}</strong>
				{total !== undefined && (
					<ActionButton size="sm" variant="subtle" onClick={onSelectMatching}>
						{t('bar.selectMatching', { total })}
					</ActionButton>
				)}
				<ActionButton size="sm" variant="subtle" onClick={onClear}>
					{t('bar.clear')}
				</ActionButton>
			</div>
			<div className={classes.barLine}>
				{button('check', 'refresh')}
				{hasRole(role, 'admin') && button('pause', 'pause')}
				{hasRole(role, 'admin') && button('resume', 'play')}
				{asking('tag', 'plus')}
				{asking('untag', 'close')}
				{hasRole(role, 'admin') && asking('delete', 'trash')}
			</div>
			<BulkDialogs
				dialog={dialog}
				count={count}
				onClose={() => setDialog(undefined)}
				onStart={(wish) => {
					setDialog(undefined)
					onStart(wish)
				}}
			/>
		</>
	)
}
