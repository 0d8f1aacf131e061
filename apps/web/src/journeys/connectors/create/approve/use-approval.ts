import { contract, type InputOf, type OutputOf, type ProblemDocument } from '@postern/api/contract'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { client } from '../../../../api/client.ts'
import { useWorkspace } from '../../../../api/session.ts'
import { announce, speak } from '../../../../ui/announcer.tsx'

/** Nobody goes on with it: another click makes another one. */
export type UnusedPassword = NonNullable<OutputOf<typeof contract.getLatestApproval>['password']>

export type Started = OutputOf<typeof contract.startApproval>

/** One press of *Approve in WordPress*. */
export type ApprovalStep =
	| { readonly state: 'idle' }
	/** The site is looked at, and asked which page it is. */
	| { readonly state: 'asking' }
	/** The browser is on its way to WordPress. */
	| { readonly state: 'leaving'; readonly started: Started }
	/** Its login page is hidden: whoever is not signed in there would see nothing. */
	| { readonly state: 'hidden'; readonly started: Started }
	/** WordPress shows the password, and the person carries it here. */
	| { readonly state: 'carrying'; readonly started: Started }
	| { readonly state: 'refused'; readonly problem: ProblemDocument; readonly password?: UnusedPassword }

/** What came of it, and of the password that WordPress had made. */
export type RefusedApproval = { readonly problem: ProblemDocument; readonly password?: UnusedPassword }

type Asked = InputOf<typeof contract.startApproval>['body']

type Options = {
	/** What came of an earlier one, when the person has just come back from it. */
	readonly refused: RefusedApproval | undefined
	readonly onCarrying: () => void
	/** The site itself cannot be used: that is told where the site stands. */
	readonly onSiteProblem: () => void
}

/** Begins an approval and goes to WordPress: in this tab where the way back works, in a new one where it does not. */
export function useApproval({ refused, onCarrying, onSiteProblem }: Options) {
	const { t } = useTranslation('connecting')
	const { id: workspaceId } = useWorkspace()
	const [step, setStep] = useState<ApprovalStep>(refused ? { state: 'refused', ...refused } : { state: 'idle' })
	const running = useRef<AbortController>(undefined)
	useEffect(() => () => running.current?.abort(), [])
	useForgetOnReturn(() => setStep({ state: 'idle' }))

	const leave = (started: Started) => {
		setStep({ state: 'leaving', started })
		window.location.assign(started.approveUrl)
	}
	const start = async (body: Asked) => {
		running.current?.abort()
		const attempt = new AbortController()
		running.current = attempt
		setStep({ state: 'asking' })
		speak(t('approve.asking'))
		const answer = await client.call(contract.startApproval, { workspaceId, body }, attempt.signal)
		if (attempt.signal.aborted) return
		if (!answer.ok && answer.problem.diagnosis !== undefined) {
			setStep({ state: 'idle' })
			return onSiteProblem()
		}
		if (!answer.ok) return setStep({ state: 'refused', problem: answer.problem })
		const started = answer.value
		if (started.why === 'login-hidden') return setStep({ state: 'hidden', started })
		if (started.returns) return leave(started)
		setStep({ state: 'carrying', started })
		onCarrying()
		speak(t('carry.body'))
		// A browser that no longer takes this for the person's own click keeps it shut; the link beside it always works.
		window.open(started.approveUrl, '_blank', 'noopener,noreferrer')
	}
	return {
		step,
		start: (body: Asked) => void start(body),
		leave,
		cancel: () => {
			running.current?.abort()
			setStep({ state: 'idle' })
			announce(t('approve.cancelled'))
		},
		forget: () => setStep({ state: 'idle' }),
	}
}

/** The browser's back button may show this page again as it was left. */
function useForgetOnReturn(forget: () => void): void {
	const latest = useRef(forget)
	useEffect(() => {
		latest.current = forget
	})
	useEffect(() => {
		const onShow = (event: PageTransitionEvent) => event.persisted && latest.current()
		window.addEventListener('pageshow', onShow)
		return () => window.removeEventListener('pageshow', onShow)
	}, [])
}
