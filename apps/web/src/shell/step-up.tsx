import { lazy, Suspense, useCallback, useEffect, useState } from 'react'
import { whenProofIsNeeded } from '../api/step-up.ts'

const StepUpDialog = lazy(async () => ({ default: (await import('./step-up-dialog.tsx')).StepUpDialog }))

type Question = {
	readonly isOpen: boolean
	/** What had the focus, and gets it back. */
	readonly focused: Element | null
	readonly answer: (isProven: boolean) => void
}

/** What Escape does while somebody is asked. */
let escape: (() => void) | undefined
// Every dialog listens on the window, and would close with the one above it: whoever listens first decides.
window.addEventListener(
	'keydown',
	(event) => {
		if (escape === undefined || event.key !== 'Escape' || event.isComposing) return
		event.stopImmediatePropagation()
		escape()
	},
	{ capture: true },
)

/** Where `withStepUp` asks; the dialog comes when it is needed first. */
export function StepUp() {
	const [question, setQuestion] = useState<Question>()
	const finish = useCallback((asked: Question, isProven: boolean) => {
		setQuestion({ ...asked, isOpen: false })
		if (asked.focused instanceof HTMLElement) asked.focused.focus()
		asked.answer(isProven)
	}, [])
	useEffect(() => {
		whenProofIsNeeded(
			() => new Promise((answer) => setQuestion({ isOpen: true, focused: document.activeElement, answer })),
		)
	}, [])
	useEffect(() => {
		if (!question?.isOpen) return
		escape = () => finish(question, false)
		return () => {
			escape = undefined
		}
	}, [question, finish])
	if (!question) return null
	return (
		<Suspense>
			<StepUpDialog
				isOpen={question.isOpen}
				onProven={() => finish(question, true)}
				onCancel={() => finish(question, false)}
			/>
		</Suspense>
	)
}
