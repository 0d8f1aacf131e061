import { useRouter, type ErrorComponentProps } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { ProblemError } from '../api/client.ts'
import { ActionButton } from '../ui/buttons.tsx'
import { Page } from '../ui/page.tsx'
import { ProblemCard } from '../ui/problem-card.tsx'
import { EntranceFrame } from './entrance-layout.tsx'

/** A page that could not be shown: a problem of the server in its own words, or a bug of ours in plain ones. */
export function Crash({ error }: ErrorComponentProps) {
	const { t } = useTranslation('shell')
	const router = useRouter()
	const failure: unknown = error
	if (failure instanceof ProblemError)
		return (
			<Page title={t('crash.notLoaded')} width="reading">
				<ProblemCard problem={failure.problem} onTryAgain={() => void router.invalidate()} />
			</Page>
		)
	return (
		<Page title={t('crash.title')} width="reading">
			<p>{t('crash.body')}</p>
			<pre>{failure instanceof Error ? `${failure.name}: ${failure.message}` : ''}</pre>
			<ActionButton onClick={() => location.reload()}>{t('crash.action')}</ActionButton>
		</Page>
	)
}

/** The same where not even the frame of the page could be shown. */
export function CrashWithoutFrame(props: ErrorComponentProps) {
	return (
		<EntranceFrame>
			<Crash {...props} />
		</EntranceFrame>
	)
}
