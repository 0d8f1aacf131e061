import { useRouter, type ErrorComponentProps } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { ProblemError } from '../api/client.ts'
import { ActionButton } from '../ui/buttons.tsx'
import { Page } from '../ui/page.tsx'
import { ProblemCard } from '../ui/problem-card.tsx'
import classes from './entrance-layout.module.css'

/** A page that could not be shown: a problem of the server in its own words, or a bug of ours in plain ones. */
export function Crash({ error }: ErrorComponentProps) {
	const { t } = useTranslation('shell')
	const router = useRouter()
	const failure: unknown = error
	return (
		<div className={classes.frame}>
			<main id="content" tabIndex={-1} className={classes.main}>
				{failure instanceof ProblemError ? (
					<Page title={t('crash.notLoaded')} width="reading">
						<ProblemCard problem={failure.problem} onTryAgain={() => void router.invalidate()} />
					</Page>
				) : (
					<Page title={t('crash.title')} width="reading">
						<p>{t('crash.body')}</p>
						<pre>{failure instanceof Error ? `${failure.name}: ${failure.message}` : ''}</pre>
						<ActionButton onClick={() => location.reload()}>{t('crash.action')}</ActionButton>
					</Page>
				)}
			</main>
		</div>
	)
}
