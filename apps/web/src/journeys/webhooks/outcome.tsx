import type { WebhookDocument } from '@postern/api/contract'
import { useTranslation } from 'react-i18next'
import { useLanguage } from '../../texts/use-language.ts'
import { problemTitle } from '../../ui/problem-title.ts'

type OutcomeProps = { readonly attempt: NonNullable<WebhookDocument['lastAttempt']>; readonly host: string }

/** What came of an attempt, in words. */
export function Outcome({ attempt: { status, code }, host }: OutcomeProps) {
	const { t } = useTranslation('webhooks')
	const language = useLanguage()
	if (code === null) return t('outcome.arrived', { status })
	return problemTitle(code, { host, ...(status === null ? {} : { status }) }, language)
}
