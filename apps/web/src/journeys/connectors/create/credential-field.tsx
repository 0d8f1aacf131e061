import { TextInput } from '@mantine/core'
import type { ConnectorTypeDocument, ProblemDocument } from '@postern/api/contract'
import type { Ref } from 'react'
import { useLanguage } from '../../../texts/use-language.ts'
import { fieldSentence } from '../../../ui/field-problem.ts'
import { SecretField } from '../../../ui/secret-field.tsx'

export type CredentialFieldProps = {
	readonly field: ConnectorTypeDocument['fields'][number]
	readonly value: string
	readonly problem: ProblemDocument | undefined
	readonly inputRef: Ref<HTMLInputElement>
	readonly onChange: (value: string) => void
}

/** Password managers know this page as Postern: they must neither fill in its login here nor offer to keep the site's. */
const notALogin = { 'data-1p-ignore': true, 'data-bwignore': true, 'data-lpignore': 'true', 'data-form-type': 'other' }

/** A username or an application password of the site. */
export function CredentialField({ field, value, problem, inputRef, onChange }: CredentialFieldProps) {
	const language = useLanguage()
	const common = {
		ref: inputRef,
		name: `site-${field.name}`,
		label: field.label[language],
		description: field.description[language],
		placeholder: field.placeholder,
		value,
		error: problem && fieldSentence(problem, language),
		onChange: (event: { currentTarget: HTMLInputElement }) => onChange(event.currentTarget.value),
		...notALogin,
	}
	// Browsers ignore "off" on password fields, but never fill a saved login into a one-time code.
	if (field.kind === 'secret') return <SecretField {...common} autoComplete="one-time-code" />
	return (
		<TextInput
			{...common}
			autoComplete={field.autocomplete}
			autoCapitalize="off"
			autoCorrect="off"
			spellCheck={false}
		/>
	)
}
