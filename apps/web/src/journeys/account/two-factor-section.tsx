import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { meQuery, useMe } from '../../api/session.ts'
import { announce } from '../../ui/announcer.tsx'
import { ActionButton } from '../../ui/buttons.tsx'
import { Section } from '../../ui/page.tsx'
import { Badge } from '../../ui/state-badge.tsx'
import { StepArea } from '../../ui/step-area.tsx'
import classes from './account.module.css'
import { passkeysQuery } from './passkeys-query.ts'
import { RecoveryCodes } from './recovery-codes.tsx'
import { ScanStep, type Seed } from './scan-step.tsx'
import { AskSeed, NewCodesButton, StopButton } from './two-factor-forms.tsx'

type Step =
	| { readonly name: 'overview' | 'ask-seed' }
	| { readonly name: 'scan'; readonly seed: Seed }
	| { readonly name: 'codes'; readonly codes: readonly string[]; readonly done: 'started' | 'renewed' }

const overview: Step = { name: 'overview' }

/** Off → password → picture and first code → recovery codes, once → on. */
export function TwoFactorSection() {
	const { t } = useTranslation('account')
	const { account } = useMe()
	const { hasSecondFactor: isOn, hasAuthenticatorApp: hasApp } = account
	const hasPasskeyToo = (useQuery(passkeysQuery).data?.passkeys.length ?? 0) > 0
	const queries = useQueryClient()
	const [step, setStep] = useState<Step>(overview)
	const cancel = () => setStep(overview)
	const askAgain = () => void queries.invalidateQueries({ queryKey: meQuery.queryKey })
	const finish = (done: 'started' | 'renewed' | 'stopped' | 'appRemoved') => {
		setStep(overview)
		announce(t(`twoFactor.${done}`))
		askAgain()
	}
	return (
		<Section
			title={t('twoFactor.title')}
			description={t('twoFactor.description')}
			actions={
				<Badge icon={isOn ? 'passed' : 'waiting'} tone={isOn ? 'good' : 'quiet'}>
					{t(isOn ? 'twoFactor.on' : 'twoFactor.off')}
				</Badge>
			}
		>
			<StepArea step={step.name} label={t('twoFactor.title')}>
				{step.name === 'overview' && (
					<>
						{isOn && !hasApp && <p>{t('twoFactor.byPasskey')}</p>}
						<div className={classes.buttons}>
							{!hasApp && (
								<ActionButton onClick={() => setStep({ name: 'ask-seed' })}>
									{t(isOn ? 'twoFactor.addApp' : 'twoFactor.start')}
								</ActionButton>
							)}
							{isOn && <NewCodesButton onDone={(codes) => setStep({ name: 'codes', codes, done: 'renewed' })} />}
							{hasApp && (
								<StopButton
									hasPasskeyToo={hasPasskeyToo}
									onDone={() => finish(hasPasskeyToo ? 'appRemoved' : 'stopped')}
								/>
							)}
						</div>
					</>
				)}
				{step.name === 'ask-seed' && <AskSeed onDone={(seed) => setStep({ name: 'scan', seed })} onCancel={cancel} />}
				{step.name === 'scan' && (
					<ScanStep
						seed={step.seed}
						onDone={(codes) => {
							// The recovery codes that came with a passkey stay as they are.
							if (codes.length === 0) return finish('started')
							setStep({ name: 'codes', codes, done: 'started' })
							askAgain() // it is on, also if the person leaves without saying that the codes are kept
						}}
						onCancel={cancel}
					/>
				)}
				{step.name === 'codes' && <RecoveryCodes codes={step.codes} onKept={() => finish(step.done)} />}
			</StepArea>
		</Section>
	)
}
