import type { Role, Scope } from '@postern/vocabulary'
import { useTranslation } from 'react-i18next'
import { useLanguage } from '../../../texts/use-language.ts'
import classes from './add.module.css'
import { groupByName, groupByResource } from './grant-draft.ts'

/** What scopes come to, resource by resource, on a line each. */
export function ScopeSummary({ scopes, role }: { readonly scopes: readonly Scope[]; readonly role: Role }) {
	const { t } = useTranslation('passwords')
	const { t: shell } = useTranslation('shell')
	return (
		<div className={classes.reach}>
			<p>{t('reach')}</p>
			{scopes.length === 0 ? (
				<p>{t('reachNone', { role: shell(`roles.${role}`) })}</p>
			) : (
				<ScopesByResource scopes={scopes} />
			)}
		</div>
	)
}

export function ScopesByResource({ scopes }: { readonly scopes: readonly Scope[] }) {
	const { t } = useTranslation('passwords')
	const list = new Intl.ListFormat(useLanguage(), { type: 'conjunction', style: 'narrow' })
	return (
		<dl className={classes.resources}>
			{groupByResource(scopes).map(({ resource, verbs }) => (
				<div key={resource}>
					<dt>{t(`resources.${resource}`)}</dt>
					<dd>{list.format(verbs.map(({ verb }) => t(`verbs.${verb}`)))}</dd>
				</div>
			))}
			{groupByName(scopes).map(({ name, verbs }) => (
				<div key={name}>
					<dt>{name}</dt>
					<dd>{list.format(verbs.map((verb) => t(`verbs.${verb}`)))}</dd>
				</div>
			))}
		</dl>
	)
}
