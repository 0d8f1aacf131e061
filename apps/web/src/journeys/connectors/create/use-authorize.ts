import type { ConnectorDocument, ConnectorTypeDocument, ProblemDocument } from '@postern/api/contract'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { announce, speak } from '../../../ui/announcer.tsx'
import { checkFields, clearField, fieldOfProblem, firstField, type FieldProblems } from './credential-fields.ts'
import { useRungName } from './use-rung-name.ts'
import type { ReachBody } from './reach/typed-reach.ts'
import type { TypedFields } from './use-typed-fields.ts'
import { useVerification } from './use-verification.ts'

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
	const [problems, setProblems] = useState<FieldProblems>({})
	const inputs = useRef(new Map<string, HTMLInputElement>())
	const rungName = useRungName(type)
	const show = (found: FieldProblems) => {
		setProblems(found)
		const first = firstField(type, found)
		if (first) inputs.current.get(first)?.focus()
	}
	const { verification, start, reset } = useVerification({
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
		onVerified: (connector) => {
			fields.forgetSecret()
			onVerified(connector)
		},
	})
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
		const { address = '', ...others } = fields.values
		start({ ...others, ...way, address, type: type.id, ...(connectorId === undefined ? {} : { connectorId }) })
	}
	return {
		verification,
		problems,
		authorize,
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
