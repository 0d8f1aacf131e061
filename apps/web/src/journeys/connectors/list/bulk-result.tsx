import { useEffect, useRef, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useLanguage } from '../../../texts/use-language.ts'
import { ActionButton } from '../../../ui/buttons.tsx'
import { ProblemCard } from '../../../ui/problem-card.tsx'
import { problemTitle } from '../../../ui/problem-title.ts'
import classes from './list.module.css'
import type { BulkItem, BulkRun } from './use-bulk.ts'

type BulkResultProps = { readonly run: BulkRun; readonly onStop: () => void; readonly onClose: () => void }

const shownAtMost = 10

/** How far it is; afterwards what came of it. The focus stays in the bar when a button of it goes. */
export function BulkResult({ run, onStop, onClose }: BulkResultProps) {
	const { t } = useTranslation('list')
	const { state, action, done, total, toLookAt, problem } = run
	if (state === 'running')
		return (
			<div className={classes.run}>
				<div className={classes.barLine}>
					<Told key="running">{t(`progress.${action}`, { done, total })}</Told>
					<ActionButton size="sm" onClick={onStop}>
						{t('bar.stop')}
					</ActionButton>
				</div>
				<progress className={classes.progress} max={Math.max(total, 1)} value={done} aria-hidden="true" />
			</div>
		)
	return (
		<div className={classes.run}>
			<div className={classes.barLine}>
				<Told key="ended">
					<Sum run={run} />
				</Told>
				<ActionButton size="sm" onClick={onClose}>
					{t('bar.close')}
				</ActionButton>
			</div>
			{problem && <ProblemCard problem={problem} />}
			{toLookAt.length > 0 && <ToLookAt items={toLookAt} isDelete={action === 'delete'} />}
		</div>
	)
}

/** Takes the focus when it appears: from a button that is gone. */
function Told({ children }: { readonly children: ReactNode }) {
	const text = useRef<HTMLParagraphElement>(null)
	useEffect(() => text.current?.focus({ preventScroll: true }), [])
	return (
		<p ref={text} tabIndex={-1} className={classes.runText}>
			{children}
		</p>
	)
}

function Sum({ run: { state, done, total, toLookAt } }: { readonly run: BulkRun }) {
	const { t } = useTranslation('list')
	if (state === 'stopped') return t('result.stopped', { done, total })
	const fine = done - toLookAt.length
	return fine === 0 && toLookAt.length > 0 ? t('result.noneDone') : t('result.allDone', { count: fine })
}

function ToLookAt({ items, isDelete }: { readonly items: readonly BulkItem[]; readonly isDelete: boolean }) {
	const { t } = useTranslation('list')
	const language = useLanguage()
	const why = ({ name, problem, code }: BulkItem) => {
		const found = problem?.code ?? code
		return found && problemTitle(found, { host: name, ...problem?.params }, language)
	}
	return (
		<>
			<p className={classes.runText}>{t(isDelete ? 'result.left' : 'result.look', { count: items.length })}</p>
			<ul className={classes.toLookAt}>
				{items.slice(0, shownAtMost).map((item) => (
					<li key={item.id}>
						<strong>{item.name || t('result.gone')}</strong> – {why(item)}
					</li>
				))}
				{items.length > shownAtMost && <li>{t('result.more', { count: items.length - shownAtMost })}</li>}
			</ul>
		</>
	)
}
