import { TextInput } from '@mantine/core'
import { contract, type OutputOf, type ProblemDocument } from '@postern/api/contract'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { askApi, client } from '../../api/client.ts'
import { ActionButton, PrimaryButton } from '../../ui/buttons.tsx'
import { Form } from '../../ui/form.tsx'
import { Loading } from '../../ui/loading.tsx'
import { ProblemCard } from '../../ui/problem-card.tsx'
import { SecretField } from '../../ui/secret-field.tsx'
import { useWait } from '../../ui/use-wait.ts'
import {
	checkFields,
	clearField,
	fieldOfProblem,
	firstField,
	type FieldProblems,
} from '../connectors/create/credential-fields.ts'
import { CredentialField } from '../connectors/create/credential-field.tsx'
import { LadderView } from '../connectors/create/ladder-view.tsx'
import { SiteSummary } from '../connectors/create/site-summary.tsx'
import { useClimb } from '../connectors/create/use-climb.ts'
import classes from './connect-link.module.css'
import { Guide } from './guide.tsx'

export type LinkDocument = OutputOf<typeof contract.readConnectLink>

export type LinkFormProps = {
	readonly token: string
	readonly link: LinkDocument
	readonly onConnected: (host: string) => void
}

const nothing = { edgeUsername: '', edgePassword: '' }

/** The site is fixed; what is asked is its credential, and a staging login where one stands before it. */
export function LinkForm({ token, link, onConnected }: LinkFormProps) {
	const { t } = useTranslation(['connectors', 'link'])
	const form = useLinkForm({ token, link, onConnected })
	const { type, fields, found, verification, wait, edge, needsEdge } = form
	const isRunning = verification.state === 'running'
	const submit = () => wait.whenOver(form.submit)
	return (
		<>
			<div role="status" className={classes.site}>
				{found.isFetching && <Loading>{t('link:looking', { host: link.host })}</Loading>}
				{found.data && <SiteSummary site={found.data.site} type={type} />}
			</div>
			{found.error && !found.isFetching && verification.state === 'idle' && (
				<ProblemCard problem={found.error.problem} onTryAgain={() => void found.refetch()} />
			)}
			<Guide type={type} approval={found.data?.approval ?? null} site={found.data?.site} />
			<Form onSubmit={() => !isRunning && submit()}>
				{fields.map((field) => (
					<CredentialField
						key={field.name}
						field={field}
						value={form.typed[field.name] ?? ''}
						problem={form.problems[field.name]}
						inputRef={(input) => form.keepInput(field.name, input)}
						onChange={(value) => form.change(field.name, value)}
					/>
				))}
				{needsEdge && (
					<fieldset className={classes.edge}>
						<legend>{t('link:edge.title')}</legend>
						<TextInput
							label={t('link:edge.username')}
							autoComplete="off"
							value={edge.edgeUsername}
							onChange={({ currentTarget }) => form.changeEdge({ edgeUsername: currentTarget.value })}
							onBlur={form.lookAgain}
						/>
						<SecretField
							label={t('link:edge.password')}
							autoComplete="one-time-code"
							value={edge.edgePassword}
							onChange={({ currentTarget }) => form.changeEdge({ edgePassword: currentTarget.value })}
							onBlur={form.lookAgain}
						/>
					</fieldset>
				)}
				<p className={classes.promise}>{t('link:promise')}</p>
				<div className={classes.buttons}>
					<PrimaryButton type="submit" isNext={!wait.isWaiting} isBusy={isRunning} isWaiting={wait.isWaiting}>
						{t('link:connect')}
					</PrimaryButton>
					{isRunning && <ActionButton onClick={form.reset}>{t('authentication.stop')}</ActionButton>}
				</div>
			</Form>
			{verification.state !== 'idle' && (
				<div className={classes.outcome}>
					<h2>{t('ladder.title')}</h2>
					<LadderView ladder={verification.ladder} type={type} />
					{verification.state === 'failed' && (
						<ProblemCard problem={verification.problem} takesFocus onTryAgain={submit} />
					)}
				</div>
			)}
		</>
	)
}

function useLinkForm({ token, link, onConnected }: LinkFormProps) {
	const { type } = link
	const fields = type.fields.filter(({ kind }) => kind !== 'address')
	const [typed, setTyped] = useState<Readonly<Record<string, string>>>({})
	const [problems, setProblems] = useState<FieldProblems>({})
	const [edge, setEdge] = useState(nothing)
	const [lookedWith, setLookedWith] = useState(nothing)
	const [inputs] = useState(() => new Map<string, HTMLInputElement>())
	const sentEdge = edge.edgeUsername === '' && edge.edgePassword === '' ? {} : edge
	const found = useQuery({
		queryKey: ['connect-link', token, 'site', lookedWith.edgeUsername, lookedWith.edgePassword !== ''],
		queryFn: ({ signal }) => askApi(contract.discoverByConnectLink, { body: { token, ...sentEdge } }, signal),
		gcTime: 0,
		retry: false,
		refetchOnWindowFocus: false,
	})
	const onFailed = (problem: ProblemDocument) => {
		const name = fieldOfProblem({ fields }, problem)
		if (name === undefined) return
		setProblems({ [name]: problem })
		inputs.get(name)?.focus()
	}
	const { verification, start, reset } = useClimb<string>({ onTop: onConnected, onFailed })
	const wait = useWait(verification.state === 'failed' ? verification.problem : undefined)
	const failure = verification.state === 'failed' ? verification.problem : found.error?.problem
	const needsEdge = failure?.code.startsWith('edge/') === true || edge !== nothing
	return {
		type,
		fields,
		typed,
		problems,
		found,
		verification,
		wait,
		edge,
		needsEdge,
		reset,
		keepInput: (name: string, input: HTMLInputElement | null) =>
			void (input ? inputs.set(name, input) : inputs.delete(name)),
		change: (name: string, value: string) => {
			setTyped((before) => ({ ...before, [name]: value }))
			setProblems((before) => clearField(before, name))
		},
		changeEdge: (change: Partial<typeof nothing>) => setEdge((before) => ({ ...before, ...change })),
		lookAgain: () => edge.edgeUsername !== '' && edge.edgePassword !== '' && setLookedWith(edge),
		submit: () => {
			const wrong = checkFields({ fields }, typed)
			setProblems(wrong)
			const first = firstField({ fields }, wrong)
			if (first !== undefined) return inputs.get(first)?.focus()
			const body = { token, fields: { ...typed }, ...sentEdge }
			start((climber, signal) =>
				client.stream(
					contract.verifyByConnectLink,
					{ body },
					(event) => (event.kind === 'connected' ? climber.reach(event.host) : climber.take(event)),
					signal,
				),
			)
		},
	}
}
