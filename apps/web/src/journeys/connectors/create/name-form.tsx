import { TextInput } from '@mantine/core'
import { contract, type ConnectorDocument } from '@postern/api/contract'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { askApi } from '../../../api/client.ts'
import { useWorkspace } from '../../../api/session.ts'
import { announce } from '../../../ui/announcer.tsx'
import { ActionButton, PrimaryButton } from '../../../ui/buttons.tsx'
import { Form } from '../../../ui/form.tsx'
import { ProblemCard } from '../../../ui/problem-card.tsx'
import { useFields } from '../../../ui/use-fields.ts'
import { connectorNameFields } from '../connector-name-fields.ts'
import { keepConnector, refreshLists } from '../connector-queries.ts'
import { useDiscard } from '../use-connector-actions.ts'
import classes from './create.module.css'
import type { DraftTime } from './draft-time.ts'
import { foundDraftKey } from './use-found-draft.ts'
import { useDropTypedValues } from './use-typed-fields.ts'

type NameFormProps = { readonly draft: ConnectorDocument; readonly time: Exclude<DraftTime, { state: 'expired' }> }

export function NameForm({ draft, time }: NameFormProps) {
	const { t } = useTranslation('connectors')
	const navigate = useNavigate()
	const save = useSave(draft)
	const discard = useDiscard(draft, () => void navigate({ to: '/connectors', replace: true }))
	const state = useState({ name: draft.site.title || draft.site.host })
	const fields = useFields({ state, problem: save.error?.problem, byCode: connectorNameFields })
	return (
		<div className={classes.form}>
			<Form onSubmit={() => save.mutate(fields.values.name)}>
				<TextInput
					label={t('naming.name')}
					description={t('naming.nameHint')}
					autoComplete="off"
					spellCheck={false}
					{...fields.bind('name')}
				/>
				{fields.general && <ProblemCard problem={fields.general} takesFocus />}
				<p className={classes.typeNote}>
					{time.state === 'waiting' ? t('naming.waits', { count: time.minutes }) : t('naming.waitsNoLonger')}
				</p>
				<div className={classes.buttons}>
					<PrimaryButton type="submit" isBusy={save.isPending}>
						{t('naming.save')}
					</PrimaryButton>
					<ActionButton variant="subtle" isBusy={discard.isPending} onClick={() => discard.mutate()}>
						{t('naming.discard')}
					</ActionButton>
				</div>
			</Form>
		</div>
	)
}

/** *Save Connector*: back to the list, where the new row is pointed out. */
function useSave(draft: ConnectorDocument) {
	const { t } = useTranslation('connectors')
	const { id: workspaceId } = useWorkspace()
	const queryClient = useQueryClient()
	const navigate = useNavigate()
	const dropTypedValues = useDropTypedValues(draft.type)
	return useMutation({
		mutationFn: (name: string) =>
			askApi(contract.saveConnector, { workspaceId, connectorId: draft.id, body: { name } }),
		onSuccess: async (saved) => {
			dropTypedValues()
			keepConnector(queryClient, workspaceId, saved)
			await refreshLists(queryClient, workspaceId)
			await navigate({ to: '/connectors', search: { new: saved.id }, replace: true })
			announce(t('naming.saved', { name: saved.name }))
		},
		// Gone, or saved in another tab: the page looks which.
		onError: ({ problem: { code } }) => {
			if (code === 'connector/draft-expired')
				void queryClient.invalidateQueries({ queryKey: foundDraftKey(workspaceId, draft.id) })
		},
	})
}
