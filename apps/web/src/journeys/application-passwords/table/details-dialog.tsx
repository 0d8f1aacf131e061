import { Modal } from '@mantine/core'
import { scopeText, type Scope } from '@postern/vocabulary'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useWorkspace } from '../../../api/session.ts'
import { useLanguage } from '../../../texts/use-language.ts'
import { fact, Facts } from '../../../ui/facts.tsx'
import { connectorsQuery } from '../../connectors/connector-queries.ts'
import { posternScopes } from '../add/grant-draft.ts'
import { ScopesByResource } from '../add/scope-summary.tsx'
import classes from '../passwords.module.css'
import type { PasswordDialogProps } from './rename-dialog.tsx'

/** All that is known of an application password, but the secret, which nobody knows. */
export function DetailsDialog({ password, isOpen, onClose }: PasswordDialogProps) {
	const { t: shell } = useTranslation('shell')
	return (
		<Modal
			opened={isOpen}
			onClose={onClose}
			title={password.name}
			closeButtonProps={{ 'aria-label': shell('close') }}
			size="lg"
			centered
		>
			<PasswordFacts password={password} />
		</Modal>
	)
}

function PasswordFacts({ password }: Pick<PasswordDialogProps, 'password'>) {
	const { t } = useTranslation('passwords')
	const numbers = new Intl.NumberFormat(useLanguage())
	const limit = (value: number | null) => (value === null ? t('details.noLimit') : numbers.format(value))
	const facts = [
		fact(t('columns.mayDo'), <Scopes scopes={password.effectiveScopes} />),
		fact(t('details.connectors'), <Connectors connectors={password.connectors} />),
		fact(
			t('details.addresses'),
			password.addresses.length === 0 ? t('details.anywhere') : password.addresses.join(', '),
		),
		fact(t('details.requestsPerMinute'), limit(password.requestsPerMinute)),
		fact(t('details.writesPerDay'), limit(password.writesPerDay)),
		fact(t('details.secondFactor'), t(password.issuedWithSecondFactor ? 'details.yes' : 'details.no')),
		fact(t('details.uuid'), <code>{password.uuid}</code>),
		...(password.appId === '' ? [] : [fact(t('details.appId'), <code>{password.appId}</code>)]),
	]
	return <Facts facts={facts} />
}

function Scopes({ scopes }: { readonly scopes: readonly Scope[] }) {
	const { t } = useTranslation('passwords')
	const language = useLanguage()
	if (scopes.length === 0) return t('none')
	const ofPostern = posternScopes.filter((scope) => scopes.includes(scope))
	return (
		<>
			<ScopesByResource scopes={scopes} />
			{ofPostern.length > 0 && (
				<ul className={classes.scopes}>
					{ofPostern.map((scope) => (
						<li key={scope}>{scopeText(scope, language)}</li>
					))}
				</ul>
			)}
		</>
	)
}

function Connectors({ connectors }: Pick<PasswordDialogProps['password'], 'connectors'>) {
	const { t } = useTranslation('passwords')
	const { id } = useWorkspace()
	const known = useInfiniteQuery({
		...connectorsQuery(id, { search: '', state: undefined }),
		enabled: connectors !== 'all',
	})
	if (connectors === 'all') return t('connectors.all')
	const list = known.data?.pages.flatMap((page) => page.connectors) ?? []
	const names = connectors.map((wanted) => list.find((connector) => connector.id === wanted)?.name)
	const found = names.filter((name) => name !== undefined)
	// Beyond the first page, or deleted: how many there are is known all the same.
	return [
		...found,
		...(found.length < names.length ? [t('connectors.others', { count: names.length - found.length })] : []),
	].join(', ')
}
