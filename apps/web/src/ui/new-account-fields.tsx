import { TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { NewPasswordField } from './new-password-field.tsx'
import type { Fields } from './use-fields.ts'

type NewAccount = { readonly email: string; readonly username: string; readonly password: string }

/** What every new account needs. */
export function NewAccountFields<V extends NewAccount & Readonly<Record<string, string>>>({
	fields,
}: {
	readonly fields: Fields<V>
}) {
	const { t } = useTranslation('entrance')
	return (
		<>
			<TextInput label={t('email')} type="email" autoComplete="email" {...fields.bind('email')} />
			<TextInput
				label={t('username')}
				description={t('usernameHint')}
				autoComplete="username"
				autoCapitalize="off"
				autoCorrect="off"
				spellCheck={false}
				{...fields.bind('username')}
			/>
			<NewPasswordField label={t('password')} {...fields.bind('password')} />
		</>
	)
}
