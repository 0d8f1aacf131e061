import { CloseButton, Paper } from '@mantine/core'
import { useEffect, useSyncExternalStore } from 'react'
import { useTranslation } from 'react-i18next'
import classes from './announcer.module.css'
import { Icon } from './icons.tsx'

type Announcement = { readonly id: number; readonly text: string; readonly tone: 'done' | 'failed' | 'spoken' }

const SHOWN_MS = 8_000
let current: Announcement | undefined
let count = 0
const listeners = new Set<() => void>()

function show(next: Announcement | undefined): void {
	current = next
	for (const listener of listeners) listener()
}

/** Shows and speaks the result of an action. */
export function announce(text: string, tone: 'done' | 'failed' = 'done'): void {
	show({ id: ++count, text, tone })
}

/** Speaks only: for what the eye sees already. */
export function speak(text: string): void {
	show({ id: ++count, text, tone: 'spoken' })
}

function subscribe(listener: () => void): () => void {
	listeners.add(listener)
	return () => listeners.delete(listener)
}

/** The one live region of the page: it must stand in the page before anything is put into it. */
export function Announcer() {
	const { t } = useTranslation('shell')
	const now = useSyncExternalStore(subscribe, () => current)
	useEffect(() => {
		if (!now) return
		const timer = setTimeout(() => show(undefined), SHOWN_MS)
		return () => clearTimeout(timer)
	}, [now])
	const isVisible = now !== undefined && now.tone !== 'spoken'
	return (
		<div className={classes.region}>
			<output className="visually-hidden">
				{now && now.tone !== 'failed' && <span key={now.id}>{now.text}</span>}
			</output>
			<div role="alert" className="visually-hidden">
				{now?.tone === 'failed' && <span key={now.id}>{now.text}</span>}
			</div>
			{isVisible && (
				<Paper key={now.id} className={classes.toast} data-tone={now.tone} shadow="md" withBorder>
					<Icon name={now.tone === 'failed' ? 'failed' : 'passed'} />
					<span aria-hidden="true">{now.text}</span>
					<CloseButton size="sm" aria-label={t('close')} onClick={() => show(undefined)} />
				</Paper>
			)}
		</div>
	)
}
