import { lazy, Suspense, useEffect, useState } from 'react'
import { whenProofIsNeeded } from '../api/step-up.ts'

const StepUpDialog = lazy(async () => ({ default: (await import('./step-up-dialog.tsx')).StepUpDialog }))

type Question = {
	readonly isOpen: boolean
	/** What had the focus, and gets it back. */
	readonly focused: Element | null
	readonly answer: (isProven: boolean) => void
}

/** Where `withStepUp` asks; the dialog comes when it is needed first. */
export function StepUp() {
	const [question, setQuestion] = useState<Question>()
	useEffect(() => {
		whenProofIsNeeded(
			() => new Promise((answer) => setQuestion({ isOpen: true, focused: document.activeElement, answer })),
		)
	}, [])
	if (!question) return null
	const finish = (isProven: boolean) => {
		setQuestion({ ...question, isOpen: false })
		if (question.focused instanceof HTMLElement) question.focused.focus()
		question.answer(isProven)
	}
	return (
		<Suspense>
			<StepUpDialog isOpen={question.isOpen} onProven={() => finish(true)} onCancel={() => finish(false)} />
		</Suspense>
	)
}
