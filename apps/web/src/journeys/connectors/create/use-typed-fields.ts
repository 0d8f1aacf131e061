import type { ConnectorDocument, ConnectorTypeDocument } from '@postern/api/contract'
import { useEffect, useState } from 'react'
import { useMe, useWorkspace } from '../../../api/session.ts'
import { useRemembered } from '../../../ui/remembered.ts'
import type { CredentialFields } from './credential-fields.ts'
import { dropTypedValues, keepTypedValues, readTypedValues, type TypedValues, typedValuesKey } from './typed-values.ts'

export type TypedFields = {
	readonly values: CredentialFields
	readonly set: (name: string, value: string) => void
	/** Drops the secrets, once they have arrived or are given up. */
	readonly forgetSecret: () => void
	/** Something was known when the page opened: from before a reload, or from another visit. */
	readonly isRestored: boolean
}

const noSecrets: TypedValues = {}

/**
 * What is typed into the form. All but secrets outlives a reload of this tab; secrets live in memory only. Reconnecting keeps
 * nothing for the tab.
 */
export function useTypedFields({ id, fields }: ConnectorTypeDocument, connector?: ConnectorDocument): TypedFields {
	const key = useTypedValuesKey(id)
	const [typed, setTyped] = useState(() =>
		connector ? knownOf(connector, fields) : readTypedValues(sessionStorage, key, fields),
	)
	const [secrets, setSecrets, forget] = useRemembered(`${key}.${connector?.site.url ?? 'new'}`, noSecrets)
	const [isRestored] = useState(() => !connector && Object.values(typed).some((value) => value !== ''))
	const isKept = connector === undefined
	useEffect(() => {
		if (isKept) keepTypedValues(sessionStorage, key, fields, typed)
	}, [fields, isKept, key, typed])
	const isSecret = (name: string) => fields.some((field) => field.name === name && field.kind === 'secret')
	const none = Object.fromEntries(fields.map(({ name }) => [name, '']))
	return {
		values: { ...none, ...typed, ...secrets },
		set: (name, value) =>
			(isSecret(name) ? setSecrets : setTyped)((before: TypedValues) => ({ ...before, [name]: value })),
		forgetSecret: () => {
			setSecrets(noSecrets)
			forget()
		},
		isRestored,
	}
}

/** What a connector tells of the answers that made it. */
function knownOf({ site, account }: ConnectorDocument, fields: ConnectorTypeDocument['fields']): TypedValues {
	return Object.fromEntries(
		fields.map(({ name, kind, isUsername }) => [
			name,
			kind === 'address' ? site.url : isUsername ? account.username : '',
		]),
	)
}

function useTypedValuesKey(typeId: string): string {
	return typedValuesKey(useMe().account.id, useWorkspace().id, typeId)
}

/** Drops what was kept for this tab, when the connector is saved. */
export function useDropTypedValues(typeId: string): () => void {
	const key = useTypedValuesKey(typeId)
	return () => dropTypedValues(sessionStorage, key)
}
