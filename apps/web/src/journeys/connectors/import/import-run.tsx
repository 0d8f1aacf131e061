import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useLanguage } from '../../../texts/use-language.ts'
import { ActionButton, PrimaryButton } from '../../../ui/buttons.tsx'
import { Icon } from '../../../ui/icons.tsx'
import { ProblemCard } from '../../../ui/problem-card.tsx'
import { PrimaryLink } from '../../../ui/router-links.tsx'
import { saveAsFile } from '../../../ui/save-as-file.ts'
import { useNow } from '../../../ui/use-now.ts'
import { minutesFor } from './import-pace.ts'
import { countRows } from './import-progress.ts'
import { isDone } from './import-work.ts'
import classes from './import.module.css'
import type { useImport } from './use-import.ts'
import { writeFailedRows } from './write-import-file.ts'

type ImportRunProps = ReturnType<typeof useImport>

/** Starts, shows how far it is and how long it takes, and sums up. */
export function ImportRun(props: ImportRunProps) {
	const { phase, rows, start, forget } = props
	const { t } = useTranslation('import')
	if (phase === 'running') return <Running {...props} />
	if (phase !== 'read') return <Ended {...props} />
	return (
		<div className={classes.run}>
			<p className={classes.estimate}>{t('estimate', { count: wholeMinutes(minutesFor(rows)) })}</p>
			<div className={classes.line}>
				<PrimaryButton onClick={start}>{t('start', { count: rows.length })}</PrimaryButton>
				<ActionButton variant="subtle" onClick={forget}>
					{t('forget')}
				</ActionButton>
			</div>
		</div>
	)
}

function Running({ rows, begun, pausedUntil, stop }: ImportRunProps) {
	const { t } = useTranslation('import')
	const now = useNow(1_000)
	const { total, left } = countRows(rows)
	const done = total - left
	return (
		<div className={classes.run}>
			<div className={classes.line}>
				<Told key="running">{t('progress', { done, total })}</Told>
				<ActionButton size="sm" onClick={stop}>
					{t('stop')}
				</ActionButton>
			</div>
			<progress className={classes.progress} max={total} value={done} aria-hidden="true" />
			<p className={classes.estimate}>
				{t('minutesLeft', { count: wholeMinutes(minutesLeft({ rows, begun, done, left, now })) })}
			</p>
			<p className={classes.estimate}>{t('mayLeave')}</p>
			{pausedUntil !== undefined && <Throttled until={pausedUntil} />}
		</div>
	)
}

type Progress = Pick<ImportRunProps, 'rows' | 'begun'> & {
	readonly done: number
	readonly left: number
	readonly now: number
}

/** By its own pace, once there is one to tell by. */
function minutesLeft({ rows, begun, done, left, now }: Progress): number {
	const gone = begun === undefined ? 0 : done - begun.done
	if (begun === undefined || gone < 12) return minutesFor(rows.filter((row) => !isDone(row.state)))
	return ((now - begun.at) / gone) * (left / 60_000)
}

function wholeMinutes(minutes: number): number {
	return Math.max(1, Math.ceil(minutes))
}

function Throttled({ until }: { readonly until: number }) {
	const { t } = useTranslation('import')
	const now = useNow(1_000)
	return <p>{t('throttled', { count: Math.max(1, Math.ceil((until - now) / 1_000)) })}</p>
}

function Ended({ rows, phase, problem, start, forget }: ImportRunProps) {
	const { t } = useTranslation('import')
	const language = useLanguage()
	const counts = countRows(rows)
	const undone = rows.filter(({ state }) => state !== 'imported' && state !== 'present')
	const download = () => {
		const failed = undone.map((row) => ({ row, problem: row.state === 'failed' ? row.problem : undefined }))
		saveAsFile('postern-import-failed.csv', writeFailedRows(failed, language))
	}
	const isStopped = phase === 'stopped'
	return (
		<div className={classes.run}>
			<Told key="ended">{t(isStopped ? 'summaryStopped' : 'summary', counts)}</Told>
			{counts.present > 0 && <p className={classes.estimate}>{t('presentHint', { count: counts.present })}</p>}
			{problem && <ProblemCard problem={problem} />}
			<div className={classes.line}>
				{isStopped && <PrimaryButton onClick={start}>{t('goOn', { count: counts.left })}</PrimaryButton>}
				{undone.length > 0 && (
					<ActionButton leftSection={<Icon name="download" />} onClick={download}>
						{t(isStopped ? 'downloadLeft' : 'download')}
					</ActionButton>
				)}
				{isStopped ? (
					<ActionButton variant="subtle" onClick={forget}>
						{t('forget')}
					</ActionButton>
				) : (
					<PrimaryLink to="/connectors">{t('toList')}</PrimaryLink>
				)}
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
