import { Checkbox, Stack } from '@mantine/core'
import { scopeText, scopes, type Scope } from '@postern/vocabulary'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import { useLanguage } from '../../../texts/use-language.ts'
import { Icon } from '../../../ui/icons.tsx'
import { joinSentences } from '../../../ui/join-sentences.ts'
import classes from './add.module.css'
import { broughtAlong, groupByResource, posternScopes, toggleScope } from './grant-draft.ts'
import { isOffered, type Offer, type ScopeRow } from './offer.ts'
import { PluginRoutes } from './plugin-routes.tsx'
import type { ChoiceProps } from './choice-props.ts'
import { ScopeRows, type BoxOf } from './scope-rows.tsx'
import { useOffer } from './use-offer.ts'

/** Scopes one by one: those of every site by resource, custom types, routes of plugins, and those of Postern apart. */
export function ScopeChoice({ draft, onChange, owner, missing }: ChoiceProps) {
	const { t } = useTranslation('passwords')
	const { t: shell } = useTranslation('shell')
	const { issuableScopes: issuable, role } = owner
	const language = useLanguage()
	const isBounded = issuable.length < scopes.length
	const beyond = isBounded ? [t('scopes.beyond', { role: shell(`roles.${role}`) })] : []
	const offer = useOffer({ draft, owner })
	const boxOf = boxesOf(draft.scopes, offer, (next) => onChange({ ...draft, scopes: next }))
	return (
		<fieldset className={classes.fieldset} data-part="scopes">
			<legend>{t('scopes.label')}</legend>
			<p className={classes.hint}>{joinSentences([t('scopes.hint'), ...beyond], language)}</p>
			{missing === 'scopes' && (
				<p role="alert" className={classes.missing}>
					{t('scopes.none')}
				</p>
			)}
			<ScopeRows rows={useStaticRows(issuable)} offer={offer} boxOf={boxOf} />
			{offer.types.length > 0 && (
				<>
					<h4 className={classes.subtitle}>{t('scopes.types')}</h4>
					<ScopeRows rows={offer.types} offer={offer} boxOf={boxOf} />
				</>
			)}
			<PluginRoutes offer={offer} boxOf={boxOf} />
			<OfPostern issuable={issuable} boxOf={boxOf} />
		</fieldset>
	)
}

/** Boxes for scopes: one that another brings along stays ticked, and one that no site offers cannot be added. */
export function boxesOf(
	chosen: readonly Scope[],
	offer: Pick<Offer, 'offered'>,
	onChange: (chosen: readonly Scope[]) => void,
): BoxOf {
	const along = broughtAlong(chosen)
	return (scope) => ({
		checked: chosen.includes(scope),
		disabled: along.has(scope) || (!chosen.includes(scope) && !isOffered(offer, scope)),
		onChange: (event) => onChange(toggleScope(chosen, scope, event.currentTarget.checked)),
	})
}

function useStaticRows(issuable: readonly Scope[]): readonly ScopeRow[] {
	const { t } = useTranslation('passwords')
	return groupByResource(issuable).map(({ resource, verbs }) => ({
		key: resource,
		name: t(`resources.${resource}`),
		choices: verbs,
		isThere: true,
		isDangerous: false,
	}))
}

type BoxesProps = { readonly issuable: readonly Scope[]; readonly boxOf: BoxOf }

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
