import { useEffect, useState } from 'react'
import { useMe, useWorkspace } from '../../../api/session.ts'
import { useRemembered } from '../../../ui/remembered.ts'
import type { CredentialFields, FieldName } from './credential-fields.ts'
import { dropTypedValues, keepTypedValues, readTypedValues, typedValuesKey } from './typed-values.ts'

export type TypedFields = {
	readonly values: CredentialFields
	readonly set: (name: FieldName, value: string) => void
	/** Drops the application password, once it has arrived or is given up. */
	readonly forgetSecret: () => void
	/** The website was known when the page opened: from before a reload, or from another visit. */
	readonly isRestored: boolean
}

/**
 * What is typed into the form. Website and username outlive a reload of this tab; the application password lives in memory
 * only. With `fixed` (reconnecting) nothing is kept for the tab.
 */
export function useTypedFields(fixed?: { readonly address: string; readonly username: string }): TypedFields {
	const key = useTypedValuesKey()
	const [typed, setTyped] = useState(() => fixed ?? readTypedValues(sessionStorage, key))
	const [secret, setSecret, forget] = useRemembered(`${key}.${fixed?.address ?? 'new'}`, '')
	const [isRestored] = useState(() => !fixed && typed.address !== '')
	const isKept = fixed === undefined
	useEffect(() => {
		if (isKept) keepTypedValues(sessionStorage, key, typed)
	}, [isKept, key, typed])
	return {
		values: { ...typed, applicationPassword: secret },
		set: (name, value) =>
			name === 'applicationPassword' ? setSecret(value) : setTyped((before) => ({ ...before, [name]: value })),
		forgetSecret: () => {
			setSecret('')
			forget()
		},
		isRestored,
	}
}

function useTypedValuesKey(): string {
	return typedValuesKey(useMe().account.id, useWorkspace().id)
}

/** Drops what was kept for this tab, when the connector is saved. */
export function useDropTypedValues(): () => void {
	const key = useTypedValuesKey()
	return () => dropTypedValues(sessionStorage, key)
}
