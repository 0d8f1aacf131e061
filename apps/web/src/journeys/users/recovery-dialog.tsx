import { Modal } from '@mantine/core'
import { contract } from '@postern/api/contract'
import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { askApi } from '../../api/client.ts'
import { useWorkspace } from '../../api/session.ts'
import { withStepUp } from '../../api/step-up.ts'
import { useLanguage } from '../../texts/use-language.ts'
import { ActionButton } from '../../ui/buttons.tsx'
import { DialogButtons } from '../../ui/dialog-buttons.tsx'
import { dateAndTime } from '../../ui/format-time.ts'
import { ProblemCard } from '../../ui/problem-card.tsx'
import { OneTimeLink } from './one-time-link.tsx'
import type { MemberDialogProps } from './remove-dialog.tsx'

/** A one-time link for a member who is locked out: made on request, shown once. */
export function RecoveryDialog({ member, isOpen, onClose }: MemberDialogProps) {
	const { t } = useTranslation('users')
	const { t: shell } = useTranslation('shell')
	const language = useLanguage()
	const workspace = useWorkspace()
	const name = member.username
	const make = useMutation({
		mutationFn: () =>
			withStepUp(() => askApi(contract.createRecoveryLink, { workspaceId: workspace.id, memberId: member.id })),
	})
	const close = () => {
		onClose()
		make.reset()
	}
	return (
		<Modal
			opened={isOpen}
			onClose={close}
			title={t('recovery.title', { name })}
			closeButtonProps={{ 'aria-label': shell('close') }}
			centered
		>
			{make.data ? (
				<OneTimeLink link={make.data.link} what={t('recovery.name')} onDone={close}>
					{t('recovery.body', { name, until: dateAndTime(make.data.expiresAt, language) })}
				</OneTimeLink>
			) : (
				<>
					<p>{t('recovery.ask', { name })}</p>
					{make.error && <ProblemCard problem={make.error.problem} />}
					<DialogButtons>
						<ActionButton onClick={close}>{shell('cancel')}</ActionButton>
						<ActionButton isBusy={make.isPending} onClick={() => make.mutate()}>
							{t('recovery.make')}
						</ActionButton>
					</DialogButtons>
				</>
			)}
		</Modal>
	)
}
