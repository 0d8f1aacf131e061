import { Modal, Radio, Stack, TextInput } from '@mantine/core'
import { contract } from '@postern/api/contract'
import { roles, type Role } from '@postern/vocabulary'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { askApi } from '../../api/client.ts'
import { useWorkspace } from '../../api/session.ts'
import { withStepUp } from '../../api/step-up.ts'
import { announce } from '../../ui/announcer.tsx'
import { ActionButton, PrimaryButton } from '../../ui/buttons.tsx'
import { DialogButtons } from '../../ui/dialog-buttons.tsx'
import { Form } from '../../ui/form.tsx'
import { ProblemCard } from '../../ui/problem-card.tsx'
import { useFields } from '../../ui/use-fields.ts'
import { PASSWORDS_SECTION } from '../application-passwords/passwords-section-id.ts'
import { membersQuery } from './members-queries.ts'

export type MachineDialogProps = { readonly isOpen: boolean; readonly onClose: () => void }

/** For owners: an account that nobody signs in to. What it is for, an application password, comes next. */
export function MachineDialog({ isOpen, onClose }: MachineDialogProps) {
	const { t } = useTranslation('users')
	const { t: shell } = useTranslation('shell')
	return (
		<Modal
			opened={isOpen}
			onClose={onClose}
			title={t('machine.title')}
			closeButtonProps={{ 'aria-label': shell('close') }}
			centered
		>
			<MachineForm onClose={onClose} />
		</Modal>
	)
}

const byCode = {
	'account/username-malformed': 'username',
	'account/username-taken': 'username',
} as const

function MachineForm({ onClose }: Pick<MachineDialogProps, 'onClose'>) {
	const { t } = useTranslation('users')
	const { t: shell } = useTranslation('shell')
	const [role, setRole] = useState<Role>('editor')
	const state = useState({ username: '' })
	const add = useAddMachine(onClose)
	const fields = useFields({ state, problem: add.error?.problem, byCode })
	const choose = (text: string) => setRole(roles.find((other) => other === text) ?? role)
	const submit = () => {
		const username = fields.values.username.trim()
		if (fields.isComplete('username')) add.mutate({ username, role })
	}
	return (
		<Form onSubmit={submit}>
			<p>{t('machine.intro')}</p>
			<TextInput
				label={t('machine.name')}
				description={t('machine.nameHint')}
				autoComplete="off"
				autoCapitalize="off"
				spellCheck={false}
				data-autofocus
				{...fields.bind('username')}
			/>
			<Radio.Group label={t('machine.role')} description={t('machine.roleHint')} value={role} onChange={choose}>
				<Stack gap="xs" mt={6}>
					{roles.map((other) => (
						<Radio key={other} value={other} label={shell(`roles.${other}`)} />
					))}
				</Stack>
			</Radio.Group>
			{fields.general && <ProblemCard problem={fields.general} />}
			<DialogButtons>
				<ActionButton onClick={onClose}>{shell('cancel')}</ActionButton>
				<PrimaryButton type="submit" isBusy={add.isPending}>
					{t('machine.submit')}
				</PrimaryButton>
			</DialogButtons>
		</Form>
	)
}

function useAddMachine(onClose: () => void) {
	const { t } = useTranslation('users')
	const { id: workspaceId } = useWorkspace()
	const queries = useQueryClient()
	const navigate = useNavigate()
	return useMutation({
		mutationFn: (body: { username: string; role: Role }) =>
			withStepUp(() => askApi(contract.createMachine, { workspaceId, body })),
		onSuccess: async ({ memberId, username }) => {
			onClose()
			announce(t('machine.done', { name: username }))
			void queries.invalidateQueries({ queryKey: membersQuery(workspaceId).queryKey })
			await navigate({ to: '/users/$memberId', params: { memberId }, hash: PASSWORDS_SECTION })
		},
	})
}
