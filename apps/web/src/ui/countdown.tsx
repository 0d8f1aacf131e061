import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useLanguage } from '../texts/use-language.ts'
import { speak } from './announcer.tsx'
import { timeLeft, timeWithSeconds } from './format-time.ts'
import classes from './problem-card.module.css'
import { useNow } from './use-now.ts'

type CountdownProps = { readonly id: string; readonly until: number; readonly isOver: boolean }

/**
 * Says when it may be tried again. It is spoken once at the beginning and once at the end; between them the sentence stays as
 * it is, and only the eye sees it count.
 */
export function Countdown({ id, until, isOver }: CountdownProps) {
	const { t } = useTranslation('shell')
	const language = useLanguage()
	const hasBegun = useRef(false)
	useEffect(() => {
		if (!isOver) speak(t('wait.begins', { left: timeLeft(until - Date.now(), language) }))
		else if (hasBegun.current) speak(t('wait.over'))
		hasBegun.current = true
	}, [isOver, language, t, until])
	return (
		// A card that is an alert would read itself out at every change inside it.
		<p id={id} aria-live="off" className={classes.wait}>
			{isOver ? t('wait.over') : t('wait.until', { time: timeWithSeconds(until, language) })}
			{!isOver && <Left until={until} />}
		</p>
	)
}

function Left({ until }: { readonly until: number }) {
	const { t } = useTranslation('shell')
	const left = timeLeft(until - useNow(1_000), useLanguage())
	return (
		<span aria-hidden="true" className={classes.left}>
			{t('wait.left', { left })}
		</span>
	)
}
