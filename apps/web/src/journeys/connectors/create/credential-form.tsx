import type { ConnectorDocument, ConnectorTypeDocument } from '@postern/api/contract'
import { useTranslation } from 'react-i18next'
import { ActionButton, PrimaryButton } from '../../../ui/buttons.tsx'
import { Form } from '../../../ui/form.tsx'
import { TypeGuide } from '../guide/type-guide.tsx'
import classes from './create.module.css'
import { CredentialField } from './credential-field.tsx'
import { Outcome } from './outcome.tsx'
import { useAuthorize } from './use-authorize.ts'
import { useSiteCheck } from './use-site-check.ts'
import { useTypedFields } from './use-typed-fields.ts'
import { WebsiteField } from './website-field.tsx'

export type CredentialFormProps = {
	readonly type: ConnectorTypeDocument
	/** Reconnect this one: the website stays. */
	readonly connector?: ConnectorDocument
	readonly onVerified: (connector: ConnectorDocument) => void
}

/** The fields of a connector type, the live ladder, and beside them the way to an application password. */
export function CredentialForm({ type, connector, onVerified }: CredentialFormProps) {
	const { t } = useTranslation('connectors')
	const fields = useTypedFields(type, connector)
	const { values } = fields
	const { address = '', ...others } = values
	const siteCheck = useSiteCheck(type.id, address, address)
	const { verification, problems, authorize, stop, change, inputRef } = useAuthorize({
		type,
		fields,
		onVerified,
		...(connector ? { connectorId: connector.id } : {}),
	})
	const isRunning = verification.state === 'running'
	const useTarget = (target: string) => {
		change('address', target)
		siteCheck.check(target)
	}
	const failure = verification.state === 'failed' ? verification.problem : undefined
	return (
		<div className={classes.columns}>
			<div className={classes.form}>
				{!connector && (
					<p className={classes.hint}>
						{t(fields.isRestored ? 'authentication.reloadedHint' : 'authentication.later')}
					</p>
				)}
				<Form onSubmit={() => !isRunning && authorize()}>
					{type.fields.map((field) => {
						const { name } = field
						const bound = {
							field,
							value: values[name] ?? '',
							problem: problems[name],
							inputRef: inputRef(name),
							onChange: (value: string) => change(name, value),
						}
						if (field.kind !== 'address') return <CredentialField key={name} {...bound} />
						return (
							<WebsiteField
								key={name}
								{...bound}
								type={type}
								isFixed={connector !== undefined}
								siteCheck={siteCheck}
								isQuiet={verification.state !== 'idle'}
								mayCheckOnEnter={Object.values(others).every((value) => value === '')}
								onUseTarget={useTarget}
							/>
						)
					})}
					<div className={classes.buttons}>
						<PrimaryButton type="submit" isBusy={isRunning}>
							{t('authentication.authorize')}
						</PrimaryButton>
						{isRunning && <ActionButton onClick={stop}>{t('authentication.stop')}</ActionButton>}
					</div>
				</Form>
				<Outcome type={type} verification={verification} onTryAgain={authorize} onUseTarget={useTarget} />
			</div>
			<TypeGuide
				type={type}
				site={siteCheck.site ?? siteCheck.problem?.site ?? failure?.site ?? connector?.site}
				problems={[siteCheck.problem, failure].flatMap((problem) => problem ?? [])}
			/>
		</div>
	)
}
