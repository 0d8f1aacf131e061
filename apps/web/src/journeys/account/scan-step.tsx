import { contract, type OutputOf } from '@postern/api/contract'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { askApi } from '../../api/client.ts'
import { ActionButton } from '../../ui/buttons.tsx'
import { CodeInput } from '../../ui/code-input.tsx'
import { CopyButton } from '../../ui/copy-button.tsx'
import { DialogButtons } from '../../ui/dialog-buttons.tsx'
import { Form } from '../../ui/form.tsx'
import { ProblemCard } from '../../ui/problem-card.tsx'
import { useFields } from '../../ui/use-fields.ts'
import { KeepOrRevoke } from '../application-passwords/keep-or-revoke.tsx'
import classes from './account.module.css'
import { QrPicture } from './qr-picture.tsx'

export type Seed = OutputOf<typeof contract.startTwoFactor>

export type ScanStepProps = {
	readonly seed: Seed
	readonly onDone: (recoveryCodes: readonly string[]) => void
	readonly onCancel: () => void
}

const byCode = { 'account/second-factor-wrong': 'code' } as const

/** Takes the seed over into an authenticator app, and proves it by a first code. */
export function ScanStep({ seed, onDone, onCancel }: ScanStepProps) {
	const { t } = useTranslation('account')
	const { t: shell } = useTranslation('shell')
	const [isRevoking, setIsRevoking] = useState(false)
	const queries = useQueryClient()
	const confirm = useMutation({
		mutationFn: (code: string) =>
			askApi(contract.confirmTwoFactor, { body: { code, revokeApplicationPasswords: isRevoking } }),
		onSuccess: ({ recoveryCodes }) => {
			if (isRevoking) void queries.invalidateQueries({ queryKey: ['workspace'] })
			onDone(recoveryCodes)
		},
	})
	const state = useState({ code: '' })
	const fields = useFields({ state, problem: confirm.error?.problem, byCode })
	return (
		<Form onSubmit={() => fields.isComplete('code') && confirm.mutate(fields.values.code.replace(/\s/g, ''))}>
			<div className={classes.scan}>
				<QrPicture text={seed.uri} label={t('twoFactor.picture')} />
				<div>
					<p>{t('twoFactor.scan')}</p>
					<p>{t('twoFactor.secret')}</p>
					<div className={classes.secret}>
						<code>{inGroups(seed.secret)}</code>
						<CopyButton text={seed.secret} what={t('twoFactor.secretName')} size="compact-sm" />
					</div>
				</div>
			</div>
			<p>{t('twoFactor.proof')}</p>
			<CodeInput label={t('twoFactor.code')} {...fields.bind('code')} />
			<KeepOrRevoke isRevoking={isRevoking} onChange={setIsRevoking} />
			{fields.general && <ProblemCard problem={fields.general} />}
			<DialogButtons>
				<ActionButton onClick={onCancel}>{shell('cancel')}</ActionButton>
				<ActionButton type="submit" isBusy={confirm.isPending}>
					{t('twoFactor.confirm')}
				</ActionButton>
			</DialogButtons>
		</Form>
	)
}

/** Groups of four are easier to type; apps skip the spaces. */
function inGroups(secret: string): string {
	return secret.replace(/(.{4})(?=.)/g, '$1 ')
}
