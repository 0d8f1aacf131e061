import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useLanguage } from '../../../texts/use-language.ts'
import { ActionButton, PrimaryButton } from '../../../ui/buttons.tsx'
import { Icon } from '../../../ui/icons.tsx'
import { PrimaryLink } from '../../../ui/router-links.tsx'
import { saveAsFile } from '../../../ui/save-as-file.ts'
import { useNow } from '../../../ui/use-now.ts'
import { countRows } from './import-progress.ts'
import classes from './import.module.css'
import type { useImport } from './use-import.ts'
import { writeFailedRows } from './write-import-file.ts'

type ImportRunProps = ReturnType<typeof useImport>

/** Starts, shows how far it is, and sums up. */
export function ImportRun(props: ImportRunProps) {
	const { t } = useTranslation('import')
	const { rows, phase, pausedUntil, start, stop } = props
	const { total, imported, failed } = countRows(rows)
	if (phase === 'read')
		return (
			<p>
				<PrimaryButton onClick={start}>{t('start', { count: total })}</PrimaryButton>
			</p>
		)
	if (phase !== 'running') return <Ended {...props} />
	return (
		<div className={classes.run}>
			<div className={classes.line}>
				<Told key="running">{t('progress', { done: imported + failed, total })}</Told>
				<ActionButton size="sm" onClick={stop}>
					{t('stop')}
				</ActionButton>
			</div>
			<progress className={classes.progress} max={total} value={imported + failed} aria-hidden="true" />
			{pausedUntil !== undefined && <Throttled until={pausedUntil} />}
		</div>
	)
}

function Throttled({ until }: { readonly until: number }) {
	const { t } = useTranslation('import')
	const now = useNow(1_000)
	return <p>{t('throttled', { count: Math.max(1, Math.ceil((until - now) / 1_000)) })}</p>
}

function Ended({ rows, phase }: ImportRunProps) {
	const { t } = useTranslation('import')
	const language = useLanguage()
	const counts = countRows(rows)
	const undone = rows.filter(({ state }) => state !== 'imported')
	const download = () => {
		const failed = undone.map((row) => ({ row, problem: row.state === 'failed' ? row.problem : undefined }))
		saveAsFile('postern-import-failed.csv', writeFailedRows(failed, language))
	}
	return (
		<div className={classes.run}>
			<Told key="ended">{t(phase === 'stopped' ? 'summaryStopped' : 'summary', counts)}</Told>
			<div className={classes.line}>
				{undone.length > 0 && (
					<ActionButton leftSection={<Icon name="download" />} onClick={download}>
						{t('download')}
					</ActionButton>
				)}
				<PrimaryLink to="/connectors">{t('toList')}</PrimaryLink>
			</div>
		</div>
	)
}

/** Takes the focus when it appears: from a button that is gone. */
function Told({ children }: { readonly children: string }) {
	const text = useRef<HTMLParagraphElement>(null)
	useEffect(() => text.current?.focus({ preventScroll: true }), [])
	return (
		<p ref={text} tabIndex={-1} className={classes.told}>
			{children}
		</p>
	)
}
