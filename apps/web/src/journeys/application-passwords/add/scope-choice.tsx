import { Checkbox, Stack } from '@mantine/core'
import { scopeText, scopes, type Scope } from '@postern/vocabulary'
import { useId, type ComponentProps } from 'react'
import { useTranslation } from 'react-i18next'
import { useLanguage } from '../../../texts/use-language.ts'
import { Icon } from '../../../ui/icons.tsx'
import { joinSentences } from '../../../ui/join-sentences.ts'
import classes from './add.module.css'
import { broughtAlong, groupByResource, posternScopes, toggleScope } from './grant-draft.ts'
import type { ChoiceProps } from './preset-choice.tsx'

/** Scopes one by one: those of sites as resource and verb, those of Postern apart. */
export function ScopeChoice({ draft, onChange, owner, missing }: ChoiceProps) {
	const { t } = useTranslation('passwords')
	const { t: shell } = useTranslation('shell')
	const { issuableScopes: issuable, role } = owner
	const language = useLanguage()
	const isBounded = issuable.length < scopes.length
	const beyond = isBounded ? [t('scopes.beyond', { role: shell(`roles.${role}`) })] : []
	const along = broughtAlong(draft.scopes)
	const boxOf = (scope: Scope) => ({
		checked: draft.scopes.includes(scope),
		disabled: along.has(scope),
		onChange: (event: { readonly currentTarget: { readonly checked: boolean } }) =>
			onChange({ ...draft, scopes: toggleScope(draft.scopes, scope, event.currentTarget.checked) }),
	})
	return (
		<fieldset className={classes.fieldset} data-part="scopes">
			<legend>{t('scopes.label')}</legend>
			<p className={classes.hint}>{joinSentences([t('scopes.hint'), ...beyond], language)}</p>
			{missing === 'scopes' && (
				<p role="alert" className={classes.missing}>
					{t('scopes.none')}
				</p>
			)}
			<VerbTable issuable={issuable} boxOf={boxOf} />
			<OfPostern issuable={issuable} boxOf={boxOf} />
		</fieldset>
	)
}

type Box = Pick<ComponentProps<typeof Checkbox>, 'checked' | 'disabled' | 'onChange'>
type BoxesProps = { readonly issuable: readonly Scope[]; readonly boxOf: (scope: Scope) => Box }

function VerbTable({ issuable, boxOf }: BoxesProps) {
	const { t } = useTranslation('passwords')
	const language = useLanguage()
	return (
		<div className={classes.verbs}>
			{groupByResource(issuable).map(({ resource, verbs }) => (
				<div key={resource} role="group" aria-label={t(`resources.${resource}`)} className={classes.resource}>
					<span aria-hidden="true">{t(`resources.${resource}`)}</span>
					<div className={classes.boxes}>
						{verbs.map(({ verb, scope }) => (
							<Checkbox
								key={scope}
								size="xs"
								label={t(`verbs.${verb}`)}
								aria-label={t('scopes.of', { resource: t(`resources.${resource}`), verb: t(`verbs.${verb}`) })}
								title={scopeText(scope, language)}
								{...boxOf(scope)}
							/>
						))}
					</div>
				</div>
			))}
		</div>
	)
}

function OfPostern({ issuable, boxOf }: BoxesProps) {
	const { t } = useTranslation('passwords')
	const language = useLanguage()
	const titleId = useId()
	return (
		<div role="group" aria-labelledby={titleId} className={classes.caution}>
			<p id={titleId} className={classes.cautionTitle}>
				<Icon name="warning" size={17} /> {t('ofPostern.title')}
			</p>
			<p className={classes.hint}>{t('ofPostern.warning')}</p>
			<Stack gap={6}>
				{posternScopes
					.filter((scope) => issuable.includes(scope))
					.map((scope) => (
						<Checkbox key={scope} size="xs" label={scopeText(scope, language)} {...boxOf(scope)} />
					))}
			</Stack>
		</div>
	)
}
