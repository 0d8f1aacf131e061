import { Modal, NativeSelect, TextInput } from '@mantine/core'
import { contract, type ConnectorDocument, type InputOf } from '@postern/api/contract'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { askApi } from '../../../api/client.ts'
import { useWorkspace } from '../../../api/session.ts'
import { useLanguage } from '../../../texts/use-language.ts'
import { ActionButton, PrimaryButton } from '../../../ui/buttons.tsx'
import { CopyButton } from '../../../ui/copy-button.tsx'
import { DialogButtons } from '../../../ui/dialog-buttons.tsx'
import { Form } from '../../../ui/form.tsx'
import { dateAndTime } from '../../../ui/format-time.ts'
import { ProblemCard } from '../../../ui/problem-card.tsx'
import { useFields } from '../../../ui/use-fields.ts'
import { connectorTypesQuery } from '../connector-queries.ts'
import classes from './links.module.css'
import { linksQuery } from './links-query.ts'

type AskOwnerProps = {
	/** Reconnect this one; without one, a new site. */
	readonly connector?: ConnectorDocument
	readonly isOpen: boolean
	readonly onClose: () => void
}

type Wanted = InputOf<typeof contract.createConnectLink>['body']

/** Makes a link for the owner of a site: shown once, to copy and to send. */
export function AskOwnerDialog({ connector, isOpen, onClose }: AskOwnerProps) {
	const { t } = useTranslation('list')
	const { t: shell } = useTranslation('shell')
	const language = useLanguage()
	const { id: workspaceId } = useWorkspace()
	const queries = useQueryClient()
	const make = useMutation({
		mutationFn: (body: Wanted) => askApi(contract.createConnectLink, { workspaceId, body }),
		onSuccess: () => queries.invalidateQueries({ queryKey: linksQuery(workspaceId).queryKey }),
	})
	const close = () => {
		onClose()
		make.reset()
	}
	const made = make.data
	return (
		<Modal
			opened={isOpen}
			onClose={close}
			title={t(made ? 'askOwner.linkTitle' : 'askOwner.title')}
			closeButtonProps={{ 'aria-label': shell('close') }}
			centered
		>
			{made ? (
				<>
					<p ref={takeFocus} tabIndex={-1}>
						{t('askOwner.linkBody', {
							host: made.connectLink.host,
							until: dateAndTime(made.connectLink.expiresAt, language),
						})}
					</p>
					<code className={classes.link}>{made.link}</code>
					<DialogButtons>
						<CopyButton text={made.link} what={t('askOwner.linkName')} />
						<ActionButton onClick={close}>{shell('done')}</ActionButton>
					</DialogButtons>
				</>
			) : (
				<AskForm
					connector={connector}
					isBusy={make.isPending}
					problem={make.error?.problem}
					onSubmit={(wanted) => make.mutate(wanted)}
					onCancel={close}
				/>
			)}
		</Modal>
	)
}

/** The button that was pressed is gone with its form. */
function takeFocus(text: HTMLElement | null): void {
	text?.focus({ preventScroll: true })
}

type AskFormProps = {
	readonly connector: ConnectorDocument | undefined
	readonly isBusy: boolean
	readonly problem: Parameters<typeof useFields>[0]['problem']
	readonly onSubmit: (wanted: Wanted) => void
	readonly onCancel: () => void
}

function AskForm({ connector, isBusy, problem, onSubmit, onCancel }: AskFormProps) {
	const { t } = useTranslation('list')
	const { t: shell } = useTranslation('shell')
	const { data: types = [] } = useQuery(connectorTypesQuery)
	const [chosen, setChosen] = useState<string>()
	const type = chosen ?? types[0]?.id ?? ''
	const byCode = Object.fromEntries(addressCodes.map((code) => [code, 'address' as const]))
	const fields = useFields({ state: useState({ address: '' }), problem, byCode })
	const submit = () => {
		if (connector) onSubmit({ connectorId: connector.id })
		else if (fields.isComplete('address')) onSubmit({ type, address: fields.values.address })
	}
	return (
		<Form onSubmit={submit}>
			<p>{connector ? t('askOwner.introAgain', { host: connector.site.host }) : t('askOwner.intro')}</p>
			{!connector && types.length > 1 && (
				<NativeSelect
					label={t('askOwner.type')}
					value={type}
					data={types.map(({ id, name }) => ({ value: id, label: name }))}
					onChange={({ currentTarget }) => setChosen(currentTarget.value)}
				/>
			)}
			{!connector && (
				<TextInput
					data-autofocus
					label={t('askOwner.address')}
					placeholder="example.com"
					inputMode="url"
					autoComplete="off"
					{...fields.bind('address')}
				/>
			)}
			{fields.general && <ProblemCard problem={fields.general} />}
			<DialogButtons>
				<ActionButton onClick={onCancel}>{shell('cancel')}</ActionButton>
				<PrimaryButton type="submit" isBusy={isBusy}>
					{t('askOwner.make')}
				</PrimaryButton>
			</DialogButtons>
		</Form>
	)
}

const addressCodes = [
	'address/required',
	'address/malformed',
	'address/too-long',
	'address/scheme-unsupported',
	'address/host-malformed',
	'address/port-not-allowed',
	'address/credentials-inside',
	'address/own',
	'address/blocked',
] as const
