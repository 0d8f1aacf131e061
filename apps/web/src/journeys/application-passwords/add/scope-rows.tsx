import { Checkbox } from '@mantine/core'
import { scopeText, type Scope } from '@postern/vocabulary'
import { useId, type ComponentProps } from 'react'
import { useTranslation } from 'react-i18next'
import { useLanguage } from '../../../texts/use-language.ts'
import { Icon } from '../../../ui/icons.tsx'
import { Badge } from '../../../ui/state-badge.tsx'
import classes from './add.module.css'
import { isOffered, type Offer, type ScopeRow } from './offer.ts'

export type Box = Pick<ComponentProps<typeof Checkbox>, 'checked' | 'disabled' | 'onChange'>
export type BoxOf = (scope: Scope) => Box

type ScopeRowsProps = {
	readonly rows: readonly ScopeRow[]
	readonly offer: Pick<Offer, 'offered'>
	readonly boxOf: BoxOf
}

/** A line for each resource, a box for each verb; and why some of them cannot be ticked. */
export function ScopeRows({ rows, offer, boxOf }: ScopeRowsProps) {
	return (
		<div className={classes.verbs}>
			{rows.map((row) => (
				<Row key={row.key} row={row} offer={offer} boxOf={boxOf} />
			))}
		</div>
	)
}

type RowProps = Omit<ScopeRowsProps, 'rows'> & { readonly row: ScopeRow }

function Row({ row, offer, boxOf }: RowProps) {
	const { t } = useTranslation('passwords')
	const language = useLanguage()
	const whyId = useId()
	const why = useWhyNot(row, offer)
	return (
		<div role="group" aria-label={row.name} className={classes.resource}>
			<span aria-hidden="true" className={classes.rowName}>
				{row.name}
			</span>
			<div className={classes.boxes}>
				{row.choices.map(({ verb, scope }) => (
					<Checkbox
						key={scope}
						size="xs"
						label={t(`verbs.${verb}`)}
						aria-label={t('scopes.of', { resource: row.name, verb: t(`verbs.${verb}`) })}
						aria-describedby={why === undefined || isOffered(offer, scope) ? undefined : whyId}
						title={scopeText(scope, language)}
						{...boxOf(scope)}
					/>
				))}
			</div>
			{row.isDangerous && (
				<div className={classes.why}>
					<Badge icon="warning" tone="caution">
						{t('scopes.dangerous')}
					</Badge>
				</div>
			)}
			{why !== undefined && (
				<p id={whyId} className={classes.why}>
					<Icon name="info" size={15} /> <span>{why}</span>
				</p>
			)}
		</div>
	)
}

function useWhyNot({ choices, isThere }: ScopeRow, offer: Pick<Offer, 'offered'>): string | undefined {
	const { t } = useTranslation('passwords')
	const list = new Intl.ListFormat(useLanguage(), { type: 'conjunction', style: 'narrow' })
	const refused = choices.filter(({ scope }) => !isOffered(offer, scope))
	if (refused.length === 0) return undefined
	if (!isThere) return t('scopes.notThere')
	return t('scopes.notOffered', { verbs: list.format(refused.map(({ verb }) => t(`verbs.${verb}`))) })
}
