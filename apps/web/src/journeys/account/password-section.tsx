import { contract } from '@postern/api/contract'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { askApi } from '../../api/client.ts'
import { useMe } from '../../api/session.ts'
import { newPasswordFields } from '../../ui/account-problems.ts'
import { announce } from '../../ui/announcer.tsx'
import { ActionButton } from '../../ui/buttons.tsx'
import { DialogButtons } from '../../ui/dialog-buttons.tsx'
import { Form } from '../../ui/form.tsx'
import { NewPasswordField } from '../../ui/new-password-field.tsx'
import { Section } from '../../ui/page.tsx'
import { ProblemCard } from '../../ui/problem-card.tsx'
import { SecretField } from '../../ui/secret-field.tsx'
import { useFields } from '../../ui/use-fields.ts'
import { KeepOrRevoke } from '../application-passwords/keep-or-revoke.tsx'
import { sessionsKey } from './sessions-query.ts'

const empty = { currentPassword: '', newPassword: '' }
const byCode = { ...newPasswordFields, 'account/credentials-wrong': 'currentPassword' } as const

export function PasswordSection() {
	const { t } = useTranslation('account')
	const { account } = useMe()
	const queries = useQueryClient()
	const state = useState(empty)
	const [values, setValues] = state
	const [isRevoking, setIsRevoking] = useState(false)
	const change = useMutation({
		mutationFn: () => askApi(contract.changePassword, { body: { ...values, revokeApplicationPasswords: isRevoking } }),
		onSuccess: () => {
			setValues(empty)
			setIsRevoking(false)
			if (isRevoking) void queries.invalidateQueries({ queryKey: ['workspace'] })
			announce(t('password.done'))
			return queries.invalidateQueries({ queryKey: sessionsKey })
		},
	})
	const fields = useFields({
		state,
		problem: change.error?.problem,
		byCode,
		sentences: { 'account/credentials-wrong': t('wrongPassword') },
	})
	return (
		<Section title={t('password.title')} description={t('password.description')}>
			<Form onSubmit={() => fields.isComplete('currentPassword', 'newPassword') && change.mutate()}>
				{/* For password managers: whose password this is. */}
				<input type="text" name="username" autoComplete="username" value={account.username} readOnly hidden />
				<SecretField
					label={t('password.current')}
					autoComplete="current-password"
					{...fields.bind('currentPassword')}
				/>
				<NewPasswordField label={t('password.new')} {...fields.bind('newPassword')} />
				<KeepOrRevoke isRevoking={isRevoking} onChange={setIsRevoking} />
				{fields.general && <ProblemCard problem={fields.general} />}
				<DialogButtons>
					<ActionButton type="submit" isBusy={change.isPending}>
						{t('password.submit')}
					</ActionButton>
				</DialogButtons>
			</Form>
		</Section>
	)
}
