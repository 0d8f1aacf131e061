import { Checkbox, Radio, Stack } from '@mantine/core'
import { presetNames, presetText } from '@postern/vocabulary'
import { useTranslation } from 'react-i18next'
import { useLanguage } from '../../../texts/use-language.ts'
import { joinSentences } from '../../../ui/join-sentences.ts'
import classes from './add.module.css'
import { EverythingRoutes } from './everything-routes.tsx'
import type { ChoiceProps } from './choice-props.ts'
import { customFrom, reachOf } from './grant-draft.ts'
import { ScopeSummary } from './scope-summary.tsx'

/** Presets, each cut down to the owner's role, and one's own choice. */
export function PresetChoice({ draft, onChange, owner, missing }: ChoiceProps) {
	const { t } = useTranslation('passwords')
	const { t: shell } = useTranslation('shell')
	const language = useLanguage()
	const role = shell(`roles.${owner.role}`)
	const choose = (value: string) => {
		const preset = presetNames.find((name) => name === value)
		if (preset) onChange({ ...draft, preset, isEverythingConfirmed: false })
		else onChange(customFrom(draft, owner.issuableScopes))
	}
	return (
		<div>
			<Radio.Group label={t('preset.label')} value={draft.preset} onChange={choose}>
				<Stack gap="xs" mt={6}>
					{presetNames.map((name) => {
						const { name: label, meaning } = presetText(name, language)
						const cut = reachOf(name, owner.issuableScopes).isCut ? [t('cut', { role })] : []
						return (
							<Radio key={name} value={name} label={label} description={joinSentences([meaning, ...cut], language)} />
						)
					})}
					<Radio value="custom" label={t('preset.custom')} description={t('preset.customMeans')} />
				</Stack>
			</Radio.Group>
			{draft.preset === 'everything' && (
				<div className={classes.caution} data-part="everything">
					<Checkbox
						label={t('everything.label')}
						description={t('everything.hint', { role })}
						checked={draft.isEverythingConfirmed}
						error={missing === 'everything' ? t('everything.missing') : undefined}
						onChange={(event) => onChange({ ...draft, isEverythingConfirmed: event.currentTarget.checked })}
					/>
				</div>
			)}
			{draft.preset !== 'custom' && (
				<ScopeSummary scopes={reachOf(draft.preset, owner.issuableScopes).scopes} role={owner.role} />
			)}
			{draft.preset === 'everything' && owner.issuableScopes.includes('site:everything') && (
				<EverythingRoutes draft={draft} onChange={onChange} owner={owner} />
			)}
		</div>
	)
}
