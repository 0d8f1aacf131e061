import { presetText } from '@postern/vocabulary'
import { useTranslation } from 'react-i18next'
import { useLanguage } from '../../../texts/use-language.ts'
import { dateOf } from '../../../ui/format-time.ts'
import classes from './add.module.css'
import { ConnectorChoice } from './connector-choice.tsx'
import { expiryOf, type GrantDraft } from './grant-draft.ts'
import { LimitFields, type LimitFieldsProps } from './limit-fields.tsx'
import type { ChoiceProps } from './choice-props.ts'
import { PresetChoice } from './preset-choice.tsx'
import { ScopeChoice } from './scope-choice.tsx'

export type GrantOptionsProps = ChoiceProps &
	LimitFieldsProps & { readonly isOpen: boolean; readonly onToggle: (isOpen: boolean) => void }

/** What the password may do: one line while it is closed, and all the choices. */
export function GrantOptions({ isOpen, onToggle, ...props }: GrantOptionsProps) {
	const { t } = useTranslation('passwords')
	const { draft, onChange, fields, missing } = props
	const summary = useSummary(draft, fields.values.expiresOn)
	return (
		<details className={classes.options} open={isOpen} onToggle={(event) => onToggle(event.currentTarget.open)}>
			<summary>
				<strong>{t('add.options')}</strong> <span className={classes.summary}>{summary}</span>
			</summary>
			<div className={classes.choices}>
				<PresetChoice {...props} />
				{draft.preset === 'custom' && <ScopeChoice {...props} />}
				<ConnectorChoice {...props} />
				<LimitFields draft={draft} onChange={onChange} fields={fields} missing={missing} />
			</div>
		</details>
	)
}

function useSummary(draft: GrantDraft, expiresOn: string): string {
	const { t } = useTranslation('passwords')
	const language = useLanguage()
	const lastDay = draft.expiry === 'date' ? expiryOf('date', expiresOn, 0) : null
	return t('add.summary', {
		preset: draft.preset === 'custom' ? t('preset.custom') : presetText(draft.preset, language).name,
		connectors:
			draft.connectors === 'all'
				? t('connectors.shortAll')
				: t('connectors.short', { count: draft.connectorIds.length }),
		expiry:
			draft.expiry !== 'date'
				? t(`expiry.short.${draft.expiry}`)
				: lastDay === null
					? t('expiry.short.unset')
					: t('expiry.short.on', { date: dateOf(lastDay, language) }),
	})
}
