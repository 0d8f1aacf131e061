import { useTranslation } from 'react-i18next'
import { useLanguage } from '../../texts/use-language.ts'

/** Says how long something took: "85 ms", "1.2 s". */
export function useDuration(): (ms: number) => string {
	const { t } = useTranslation('connectors')
	const language = useLanguage()
	const format = new Intl.NumberFormat(language, { maximumFractionDigits: 1 })
	return (ms) =>
		ms < 1_000
			? t('duration.milliseconds', { value: format.format(Math.round(ms)) })
			: t('duration.seconds', { value: format.format(ms / 1_000) })
}
