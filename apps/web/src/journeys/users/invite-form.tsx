import { Radio, Stack, TextInput } from '@mantine/core'
import type { ProblemDocument } from '@postern/api/contract'
import type { Role } from '@postern/vocabulary'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useWorkspace } from '../../api/session.ts'
import { ActionButton, PrimaryButton } from '../../ui/buttons.tsx'
import { DialogButtons } from '../../ui/dialog-buttons.tsx'
import { Form } from '../../ui/form.tsx'
import { ProblemCard } from '../../ui/problem-card.tsx'
import { useFields } from '../../ui/use-fields.ts'
import { givableRoles } from './may.ts'

export type InviteFormProps = {
	readonly isBusy: boolean
	readonly problem: ProblemDocument | undefined
	readonly onSubmit: (invitation: { role: Role; label: string }) => void
	readonly onCancel: () => void
}

export function InviteForm({ isBusy, problem, onSubmit, onCancel }: InviteFormProps) {
	const { t } = useTranslation('users')
	const { t: shell } = useTranslation('shell')
	const own = useWorkspace().role
	const [role, setRole] = useState<Role>('editor')
	const fields = useFields({ state: useState({ label: '' }), problem })
	const choose = (text: string) => setRole(givableRoles(own).find((other) => other === text) ?? role)
	return (
		<Form onSubmit={() => onSubmit({ role, label: fields.values.label.trim() })}>
			<p>{t('invitation.intro')}</p>
			<TextInput
				label={t('invitation.label')}
				description={t('invitation.labelHint')}
				autoComplete="off"
				{...fields.bind('label')}
			/>
			<Radio.Group label={t('invitation.role')} value={role} onChange={choose}>
				<Stack gap="xs" mt={4}>
					{givableRoles(own).map((other) => (
						<Radio
							key={other}
							value={other}
							label={shell(`roles.${other}`)}
							description={shell(`rolesMean.${other}`)}
						/>
					))}
				</Stack>
			</Radio.Group>
			{fields.general && <ProblemCard problem={fields.general} />}
			<DialogButtons>
				<ActionButton onClick={onCancel}>{shell('cancel')}</ActionButton>
				<PrimaryButton type="submit" isBusy={isBusy}>
					{t('invitation.make')}
				</PrimaryButton>
			</DialogButtons>
		</Form>
	)
}
