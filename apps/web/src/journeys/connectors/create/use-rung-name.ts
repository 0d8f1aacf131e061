import type { ConnectorTypeDocument } from '@postern/api/contract'
import type { Rung } from '@postern/vocabulary'
import { useTranslation } from 'react-i18next'
import { useLanguage } from '../../../texts/use-language.ts'

/** What the rungs of the ladder are called; a connector type may have its own words. */
export function useRungName(type: Pick<ConnectorTypeDocument, 'rungs'> | undefined): (rung: Rung) => string {
	const { t } = useTranslation('connectors')
	const language = useLanguage()
	return (rung) => type?.rungs[rung]?.[language] ?? t(`ladder.rungs.${rung}`)
}
