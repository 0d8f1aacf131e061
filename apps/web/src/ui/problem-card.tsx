import type { DiagnosisDocument, ProblemDocument } from '@postern/api/contract'
import { problemText } from '@postern/vocabulary'
import { useEffect, useId, useRef, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { wasDeclined } from '../api/step-up.ts'
import { useLanguage } from '../texts/use-language.ts'
import { ActionButton } from './buttons.tsx'
import { Countdown } from './countdown.tsx'
import { Icon } from './icons.tsx'
import { inOurWords } from './in-our-words.ts'
import classes from './problem-card.module.css'
import { ProblemDetails } from './problem-details.tsx'
import { problemTitle } from './problem-title.ts'
import { useWait } from './use-wait.ts'

export type ProblemCardProps = {
	readonly problem: ProblemDocument
	/** Not offered where trying again changes nothing. */
	readonly onTryAgain?: (() => void) | undefined
	readonly isTryingAgain?: boolean
	/** Further ways on, beside "Try again". */
	readonly actions?: ReactNode
	/** What helps whoever has to put it right. */
	readonly more?: ReactNode
	/** When it arose, in milliseconds since 1970, if that was before this page heard of it. */
	readonly aroseAt?: number | undefined
	/** Moves the focus to its heading: for the answer to what the person has just asked for. */
	readonly takesFocus?: boolean
}

/** A problem in the person's language: what happened, how sure we are, who can fix it, what to do. */
export function ProblemCard(props: ProblemCardProps) {
	return wasDeclined(props.problem) ? null : <Card {...props} />
}

function Card(props: ProblemCardProps) {
	const { problem, onTryAgain, isTryingAgain = false, actions, more, takesFocus = false } = props
	const { t } = useTranslation('shell')
	const language = useLanguage()
	const text = problemText(problem.code, inOurWords(problem.params), language)
	const titleId = useId()
	const waitId = useId()
	const wait = useWait(problem, props.aroseAt)
	const tryAgain = problem.retry === 'never' ? undefined : onTryAgain
	const heading = useRef<HTMLHeadingElement>(null)
	useEffect(() => {
		if (takesFocus) heading.current?.focus()
	}, [takesFocus])
	return (
		<div role="alert" aria-labelledby={titleId} className={classes.card}>
			<div className={classes.head}>
				<Icon name="warning" size={22} />
				<h2 ref={heading} id={titleId} tabIndex={-1} className={classes.title}>
					{text.title}
				</h2>
			</div>
			<p className={classes.meaning}>{text.meaning}</p>
			<p className={classes.who}>
				{problem.diagnosis && <span>{t(`problem.certainty.${certaintyOf(problem.diagnosis)}`)}</span>}
				<strong>{t(`problem.fixedBy.${problem.fixedBy}`)}</strong>
				{problem.retry !== 'after-change' && <span>{t(`problem.retry.${problem.retry}`)}</span>}
			</p>
			{text.steps.length > 0 && <Steps steps={text.steps} />}
			<Alternatives problem={problem} />
			{wait.until !== undefined && (
				<Countdown key={wait.until} id={waitId} until={wait.until} isOver={!wait.isWaiting} />
			)}
			{(tryAgain || actions) && (
				<div className={classes.actions}>
					{tryAgain && (
						<ActionButton
							leftSection={<Icon name="refresh" size={16} />}
							isBusy={isTryingAgain}
							isWaiting={wait.isWaiting}
							aria-describedby={wait.isWaiting ? waitId : undefined}
							onClick={() => wait.whenOver(tryAgain)}
						>
							{t('tryAgain')}
						</ActionButton>
					)}
					{actions}
				</div>
			)}
			{more}
			<ProblemDetails problem={problem} />
		</div>
	)
}

/** What happened may be certain while the reason behind it is not. */
function certaintyOf({ certainty, alternatives }: DiagnosisDocument): 'sure' | 'sure-but-why' | 'likely' {
	return certainty === 'sure' && alternatives.length > 0 ? 'sure-but-why' : certainty
}

function Steps({ steps }: { readonly steps: readonly string[] }) {
	const { t } = useTranslation('shell')
	return (
		<>
			<h3 className={classes.stepsTitle}>{t('problem.steps')}</h3>
			<ol className={classes.steps}>
				{steps.map((step) => (
					<li key={step}>{step}</li>
				))}
			</ol>
		</>
	)
}

function Alternatives({ problem }: { readonly problem: ProblemDocument }) {
	const { t } = useTranslation('shell')
	const language = useLanguage()
	const { certainty, alternatives = [] } = problem.diagnosis ?? {}
	if (certainty === undefined || alternatives.length === 0) return null
	return (
		<>
			<h3 className={classes.stepsTitle}>{t(`problem.alternatives.${certainty}`)}</h3>
			<ul className={classes.steps}>
				{alternatives.map((code) => (
					<li key={code}>{problemTitle(code, problem.params, language)}</li>
				))}
			</ul>
		</>
	)
}
