import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { usePasskeyPlace } from '../../api/passkey-place.ts'
import { meQuery } from '../../api/session.ts'
import { announce } from '../../ui/announcer.tsx'
import { ActionButton } from '../../ui/buttons.tsx'
import { Icon } from '../../ui/icons.tsx'
import { Loading } from '../../ui/loading.tsx'
import { Section } from '../../ui/page.tsx'
import { ProblemCard } from '../../ui/problem-card.tsx'
import { StepArea } from '../../ui/step-area.tsx'
import classes from './account.module.css'
import { AddPasskey } from './add-passkey.tsx'
import { PasskeyTable } from './passkey-table.tsx'
import { passkeysKey, passkeysQuery } from './passkeys-query.ts'
import { RecoveryCodes } from './recovery-codes.tsx'
import { sessionsKey } from './sessions-query.ts'

type Step =
	| { readonly name: 'list' | 'add' }
	| { readonly name: 'codes'; readonly codes: readonly string[]; readonly passkey: string }

/** The list → a name, and the device → recovery codes, once, if they are the first. */
export function PasskeysSection() {
	const { t } = useTranslation('account')
	const queries = useQueryClient()
	const passkeys = useQuery(passkeysQuery)
	const [step, setStep] = useState<Step>({ name: 'list' })
	const refresh = async () => {
		for (const queryKey of [passkeysKey, sessionsKey, meQuery.queryKey]) await queries.invalidateQueries({ queryKey })
	}
	const finish = (name: string) => {
		setStep({ name: 'list' })
		announce(t('passkeys.added', { name }))
	}
	const added = (name: string, codes: readonly string[] | null) => {
		if (codes === null) finish(name)
		else setStep({ name: 'codes', codes, passkey: name })
		void refresh()
	}
	const list = passkeys.data?.passkeys ?? []
	return (
		<Section title={t('passkeys.title')} description={t('passkeys.description')}>
			<StepArea step={step.name} label={t('passkeys.title')}>
				{step.name === 'codes' && <RecoveryCodes codes={step.codes} onKept={() => finish(step.passkey)} />}
				{step.name === 'add' && <AddPasskey onDone={added} onCancel={() => setStep({ name: 'list' })} />}
				{step.name === 'list' && (
					<>
						{passkeys.isPending && <Loading />}
						{passkeys.error && (
							<ProblemCard problem={passkeys.error.problem} onTryAgain={() => void passkeys.refetch()} />
						)}
						{list.length > 0 && <PasskeyTable passkeys={list} onChanged={() => void refresh()} />}
						<div className={list.length > 0 ? classes.belowTable : undefined}>
							<AddButton onAdd={() => setStep({ name: 'add' })} />
						</div>
					</>
				)}
			</StepArea>
		</Section>
	)
}

/** Where passkeys do not work, the reason stands in the button's place. */
function AddButton({ onAdd }: { readonly onAdd: () => void }) {
	const { t } = useTranslation('account')
	const place = usePasskeyPlace()
	if (place.state === 'unknown') return null
	if (place.state === 'here')
		return (
			<ActionButton leftSection={<Icon name="key" size={16} />} onClick={onAdd}>
				{t('passkeys.add')}
			</ActionButton>
		)
	if (place.state !== 'elsewhere') return <p>{t(`passkeys.${place.state}`)}</p>
	return (
		<p>
			{t('passkeys.elsewhere')}{' '}
			<a href={`${place.origin}/account`}>{t('passkeys.goThere', { host: new URL(place.origin).host })}</a>
		</p>
	)
}
