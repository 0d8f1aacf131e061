import { TextInput, type TextInputProps } from '@mantine/core'
import classes from './code-input.module.css'

/** The six digits of an authenticator app, in one field: pasting and autofill work, and it is read as one. */
export function CodeInput(props: TextInputProps) {
	return (
		<TextInput
			inputMode="numeric"
			autoComplete="one-time-code"
			maxLength={7}
			spellCheck={false}
			classNames={{ input: classes.input ?? '' }}
			{...props}
		/>
	)
}
