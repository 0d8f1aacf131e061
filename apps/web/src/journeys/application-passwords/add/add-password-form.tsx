import { TextInput } from '@mantine/core'
import { contract, type IssuedDocument, type ProfileDocument } from '@postern/api/contract'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState, type RefObject } from 'react'
import { useTranslation } from 'react-i18next'
import { askApi } from '../../../api/client.ts'
import { useWorkspace } from '../../../api/session.ts'
import { withStepUp } from '../../../api/step-up.ts'
import { PrimaryButton } from '../../../ui/buttons.tsx'
import { Form } from '../../../ui/form.tsx'
import { ProblemCard } from '../../../ui/problem-card.tsx'
import { useFields } from '../../../ui/use-fields.ts'
import { refreshPasswords } from '../passwords-queries.ts'
import classes from './add.module.css'
import { missingIn, narrowDraft, noTexts, requestOf, type GrantDraft, type GrantTexts } from './grant-draft.ts'
import { GrantOptions } from './grant-options.tsx'

export type AddPasswordFormProps = {
	readonly profile: ProfileDocument
	/** Where the choices begin; open if that is more than the usual. */
	readonly initial: GrantDraft
	readonly nameField: RefObject<HTMLInputElement | null>
	readonly onIssued: (issued: IssuedDocument) => void
}

const byCode = {
	'application-password/name-required': 'name',
	'application-password/name-too-long': 'name',
	'application-password/address-malformed': 'addresses',
	'application-password/expiry-past': 'expiresOn',
} as const

/** A name, and as much or as little else as one likes: the narrow choice is made already. */
export function AddPasswordForm({ profile, initial, nameField, onIssued }: AddPasswordFormProps) {
	const { t } = useTranslation('passwords')
	const [draft, setDraft] = useState(initial)
	const state = useState<GrantTexts>(noTexts)
	const add = useAdd(profile, (issued) => {
		setDraft(narrowDraft)
		state[1](noTexts)
		setIsOpen(false)
		onIssued(issued)
	})
	const fields = useFields({ state, problem: add.error?.problem, byCode })
	const [isOpen, setIsOpen] = useState(initial !== narrowDraft)
	// What is missing is only said once somebody wanted to go on without it; each time the focus goes there.
	const [attempts, setAttempts] = useState(0)
	const missing = attempts === 0 ? undefined : missingIn(draft, fields.values)
	const options = useRef<HTMLDivElement>(null)
	useEffect(() => {
		if (attempts > 0) options.current?.querySelector<HTMLElement>(`[data-part="${missing}"] input:enabled`)?.focus()
		// oxlint-disable-next-line react-hooks/exhaustive-deps -- choosing something must not move the focus
	}, [attempts])
	const submit = () => {
		if (!fields.isComplete('name')) return
		if (missingIn(draft, fields.values)) {
			setIsOpen(true)
			setAttempts((before) => before + 1)
			return
		}
		setAttempts(0)
		add.mutate(requestOf(draft, fields.values, Date.now()))
	}
	const { ref, ...name } = fields.bind('name')
	return (
		<Form onSubmit={submit}>
			<TextInput
				label={t('add.name')}
				description={t('add.nameHint')}
				inputWrapperOrder={['label', 'input', 'description', 'error']}
				required
				withAsterisk
				autoComplete="off"
				className={classes.name ?? ''}
				{...name}
				// Blanks alone are no name.
				onChange={(event) => fields.set('name', event.currentTarget.value.trimStart())}
				ref={(input: HTMLInputElement | null) => {
					ref(input)
					nameField.current = input
				}}
			/>
			<div ref={options}>
				<GrantOptions
					draft={draft}
					onChange={setDraft}
					owner={profile}
					missing={missing}
					fields={fields}
					isOpen={isOpen || isInside(add.error?.problem.code)}
					onToggle={setIsOpen}
				/>
			</div>
			{fields.general && <ProblemCard problem={fields.general} />}
			<div>
				<PrimaryButton type="submit" isBusy={add.isPending}>
					{t('add.submit')}
				</PrimaryButton>
			</div>
		</Form>
	)
}

function useAdd(profile: ProfileDocument, onIssued: (issued: IssuedDocument) => void) {
	const workspace = useWorkspace()
	const queries = useQueryClient()
	return useMutation({
		// The secret is handed on and not returned: the result of a mutation is kept as long as its form.
		mutationFn: async (body: ReturnType<typeof requestOf>) => {
			const input = { workspaceId: workspace.id, memberId: profile.memberId, body }
			onIssued(await withStepUp(() => askApi(contract.createApplicationPassword, input)))
		},
		onSuccess: () => refreshPasswords(queries, workspace.id),
	})
}

/** Whether a problem is about something in the closed part. */
function isInside(code: string | undefined): boolean {
	return code === 'application-password/address-malformed' || code === 'application-password/expiry-past'
}
