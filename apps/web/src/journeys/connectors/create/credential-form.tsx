import { localProblem } from '@postern/api/client'
import type { ConnectorDocument, ConnectorTypeDocument } from '@postern/api/contract'
import { useTranslation } from 'react-i18next'
import { useLanguage } from '../../../texts/use-language.ts'
import { ActionButton, PrimaryButton } from '../../../ui/buttons.tsx'
import { Form } from '../../../ui/form.tsx'
import { TypeGuide } from '../guide/type-guide.tsx'
import { ApproveChoice, CarryNote } from './approve/approve-choice.tsx'
import { type RefusedApproval, useApproval } from './approve/use-approval.ts'
import { judgeApproval } from './approve/why-not.ts'
import classes from './create.module.css'
import { CredentialField } from './credential-field.tsx'
import { Outcome } from './outcome.tsx'
import { namesOf } from './names-of.ts'
import { MoreWays } from './reach/more-ways.tsx'
import { changedReachBody, reachBody, type TypedReach } from './reach/typed-reach.ts'
import { useTypedReach } from './reach/use-typed-reach.ts'
import { useAuthorize } from './use-authorize.ts'
import { useSiteCheck, type SiteCheck } from './use-site-check.ts'
import { useTypedFields } from './use-typed-fields.ts'
import { WebsiteField } from './website-field.tsx'

export type CredentialFormProps = {
	readonly type: ConnectorTypeDocument
	/** Reconnect this one: the website stays. */
	readonly connector?: ConnectorDocument
	/** What the person has just come back with from the site's own page. */
	readonly refusedApproval?: RefusedApproval | undefined
	readonly onVerified: (connector: ConnectorDocument) => void
}

/** The two ways to a credential, the live ladder, and beside them the way to an application password. */
export function CredentialForm(props: CredentialFormProps) {
	const { type, connector } = props
	const { t } = useTranslation(['connectors', 'connecting'])
	const language = useLanguage()
	const form = useCredentialForm(props)
	const { fields, siteCheck, approval, authorizing, reach, changeReach } = form
	const { verification, problems, authorize, stop, change, inputRef } = authorizing
	const { values } = fields
	const isRunning = verification.state === 'running'
	const failure = verification.state === 'failed' ? verification.problem : undefined
	const ways = { reach, onUseTarget: form.useTarget, onChangeReach: changeReach }
	const bound = (field: ConnectorTypeDocument['fields'][number]) => ({
		field,
		value: values[field.name] ?? '',
		problem: problems[field.name],
		inputRef: inputRef(field.name),
		onChange: (value: string) => change(field.name, value),
	})
	const credentials = (
		<>
			{type.fields
				.filter(({ kind }) => kind !== 'address')
				.map((field) => (
					<CredentialField key={field.name} {...bound(field)} />
				))}
			<MoreWays
				type={type}
				reach={reach}
				needsLogin={siteCheck.problem?.code === 'edge/basic-auth' || failure?.code === 'edge/basic-auth'}
				onChange={changeReach}
				onLeave={() => siteCheck.check(values['address'] ?? '')}
			/>
			<div className={classes.buttons}>
				<PrimaryButton
					type="submit"
					isNext={!form.isApprovalNext && !authorizing.isWaiting}
					isBusy={isRunning}
					isWaiting={authorizing.isWaiting}
				>
					{t('authentication.authorize')}
				</PrimaryButton>
				{isRunning && <ActionButton onClick={stop}>{t('authentication.stop')}</ActionButton>}
			</div>
		</>
	)
	return (
		<div className={classes.columns}>
			<div className={classes.form}>
				{!connector && (
					<p className={classes.hint}>
						{fields.isRestored
							? t('authentication.reloadedHint', { secret: namesOf(type.fields, ['secret'], language) })
							: t('authentication.later', { fields: namesOf(type.fields, ['text', 'secret'], language) })}
					</p>
				)}
				<Form onSubmit={() => !isRunning && authorize()}>
					{type.fields
						.filter(({ kind }) => kind === 'address')
						.map((field) => (
							<WebsiteField
								key={field.name}
								{...bound(field)}
								type={type}
								isFixed={connector !== undefined}
								siteCheck={siteCheck}
								isQuiet={verification.state !== 'idle'}
								mayCheckOnEnter={form.isCredentialEmpty}
								ways={ways}
							/>
						))}
					{type.can.approve ? (
						<>
							<ApproveChoice
								verdict={form.verdict}
								step={approval.step}
								isNext={form.isApprovalNext}
								onApprove={form.approve}
								onContinue={approval.leave}
								onCancel={approval.cancel}
							/>
							<p className={classes.or}>{t('connecting:or')}</p>
							<section className={`${classes.choice} ${classes.choiceFields}`} aria-labelledby="paste-title">
								<h2 id="paste-title" className={classes.choiceTitle}>
									{t('connecting:paste.title')}
								</h2>
								{approval.step.state === 'carrying' && <CarryNote started={approval.step.started} />}
								{credentials}
							</section>
						</>
					) : (
						credentials
					)}
				</Form>
				<Outcome
					type={type}
					verification={verification}
					onTryAgain={() => authorize()}
					ways={{ ...ways, onChangeReach: form.tryReach }}
				/>
			</div>
			<TypeGuide
				type={type}
				site={siteCheck.site ?? siteCheck.problem?.site ?? failure?.site ?? connector?.site}
				problems={[siteCheck.problem, failure].flatMap((problem) => problem ?? [])}
			/>
		</div>
	)
}

/** What is typed, what is known of the site, and the two ways on. */
function useCredentialForm({ type, connector, refusedApproval, onVerified }: CredentialFormProps) {
	const fields = useTypedFields(type, connector)
	const { address = '', ...others } = fields.values
	const { reach, set: setReach, bind } = useTypedReach(type.id, address, connector)
	// A staging login that is kept is not known here: the site would only ask for it.
	const initial = reach.edge === 'kept' ? '' : address
	const looked = useSiteCheck({ type: type.id, typed: address, initial, reach })
	const siteCheck: SiteCheck = {
		...looked,
		check: (next, way) => {
			bind(next)
			looked.check(next, way)
		},
	}
	const connectorId = connector ? { connectorId: connector.id } : {}
	const bodyOf = connector ? changedReachBody : reachBody
	const authorizing = useAuthorize({
		type,
		fields,
		onVerified,
		reach: bodyOf(reach),
		...connectorId,
	})
	const usernameField = type.fields.find(({ isUsername }) => isUsername)?.name ?? ''
	const onCarrying = () => authorizing.focus(usernameField)
	const onSiteProblem = () => siteCheck.check(address)
	const approval = useApproval({ refused: refusedApproval, onCarrying, onSiteProblem })
	const verdict = judgeApproval({ site: siteCheck.site, problem: siteCheck.problem, reach })
	const secrets = type.fields.filter(({ kind }) => kind === 'secret')
	const isSecretEmpty = secrets.every(({ name }) => (others[name] ?? '') === '')
	const isBusy = authorizing.verification.state !== 'idle' || approval.step.state === 'carrying'
	const changeReach = (changed: Partial<TypedReach>): TypedReach => {
		const next = { ...reach, ...changed }
		setReach(next)
		// A login is looked at when it is typed whole.
		if (changed.edge === undefined) siteCheck.check(address, next)
		return next
	}
	return {
		fields,
		reach,
		siteCheck,
		authorizing,
		approval,
		verdict,
		isCredentialEmpty: Object.values(others).every((value) => value === ''),
		isApprovalNext: type.can.approve && verdict === 'offered' && isSecretEmpty && !isBusy,
		changeReach,
		/** A way out of a failed attempt: goes it at once. */
		tryReach: (changed: Partial<TypedReach>) => authorizing.authorize(bodyOf(changeReach(changed))),
		useTarget: (target: string) => {
			authorizing.change('address', target)
			siteCheck.check(target)
		},
		approve: () => {
			const field = type.fields.find(({ kind }) => kind === 'address')
			if (field && address.trim() === '') return authorizing.refuse(field.name, localProblem(field.whenEmpty))
			const { certificatePin } = reach
			const pin = certificatePin === '' ? {} : { certificatePin }
			approval.start({ type: type.id, address, ...connectorId, ...pin })
		},
	}
}
