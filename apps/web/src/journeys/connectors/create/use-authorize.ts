import {
	contract,
	type ConnectorDocument,
	type ConnectorTypeDocument,
	type ProblemDocument,
} from '@postern/api/contract'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { client } from '../../../api/client.ts'
import { useWorkspace } from '../../../api/session.ts'
import { announce, speak } from '../../../ui/announcer.tsx'
import { useWait } from '../../../ui/use-wait.ts'
import { checkFields, clearField, fieldOfProblem, firstField, type FieldProblems } from './credential-fields.ts'
import { useClimb, type Verification } from './use-climb.ts'
import { useRungName } from './use-rung-name.ts'
import type { ReachBody } from './reach/typed-reach.ts'
import type { TypedFields } from './use-typed-fields.ts'

type Options = {
	readonly type: ConnectorTypeDocument
	readonly fields: TypedFields
	readonly connectorId?: string
	/** How the site is reached. */
	readonly reach: ReachBody
	readonly onVerified: (connector: ConnectorDocument) => void
}

/** The button *Authorize*: the fields are judged only now, here first and then by the server. */
export function useAuthorize({ type, fields, connectorId, reach, onVerified }: Options) {
	const { t } = useTranslation('connectors')
	const { id: workspaceId } = useWorkspace()
	const [problems, setProblems] = useState<FieldProblems>({})
	const inputs = useRef(new Map<string, HTMLInputElement>())
	const rungName = useRungName(type)
	const show = (found: FieldProblems) => {
		setProblems(found)
		const first = firstField(type, found)
		if (first) inputs.current.get(first)?.focus()
	}
	const { verification, start, reset } = useClimb<ConnectorDocument>({
		onRung: ({ rung, state }) => {
			if (state === 'waiting' || state === 'running') return
			speak(t('ladder.spoken', { rung: rungName(rung), state: t(`ladder.states.${state}`) }))
		},
		onFailed: (problem) => {
			const field = fieldOfProblem(type, problem)
			if (!field) return
			reset()
			show({ [field]: problem })
		},
		onTop: (connector) => {
			fields.forgetSecret()
			onVerified(connector)
		},
	})
	const { address = '', ...others } = fields.values
	const [triedAddress, setTriedAddress] = useState('')
	// What was wrong with another address is not wrong with this one, and nobody there has asked for patience.
	const shown: Verification =
		verification.state === 'failed' && triedAddress !== address ? { state: 'idle' } : verification
	const refusal = shown.state === 'failed' ? shown.problem : undefined
	const wait = useWait(refusal)
	const authorize = (way: ReachBody = reach) => {
		const found = checkFields(type, fields.values)
		show(found)
		const count = Object.keys(found).length
		if (count > 0) {
			reset()
			speak(t('authentication.fieldsMissing', { count }))
			return
		}
		speak(t('ladder.started'))
		setTriedAddress(address)
		const reconnected = connectorId === undefined ? {} : { connectorId }
		const body = { ...others, ...way, address, type: type.id, ...reconnected }
		start((climber, signal) =>
			client.stream(
				contract.verifySite,
				{ workspaceId, body },
				(event) => (event.kind === 'verified' ? climber.reach(event.connector) : climber.take(event)),
				signal,
			),
		)
	}
	return {
		verification: shown,
		problems,
		authorize: (way?: ReachBody) => wait.whenOver(() => authorize(way)),
		isWaiting: wait.isWaiting,
		/** The problem of one field, found before anything is sent; moves there. */
		refuse: (name: string, problem: ProblemDocument) => show({ [name]: problem }),
		focus: (name: string) => inputs.current.get(name)?.focus(),
		stop: () => {
			reset()
			announce(t('authentication.stopped'))
		},
		/** A changed field is no longer the one that was refused. */
		change: (name: string, value: string) => {
			fields.set(name, value)
			setProblems((before) => clearField(before, name))
		},
		inputRef: (name: string) => (input: HTMLInputElement | null) =>
			void (input ? inputs.current.set(name, input) : inputs.current.delete(name)),
	}
}
