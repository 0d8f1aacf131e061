import { ActionIcon, PasswordInput, type PasswordInputProps } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useTranslation } from 'react-i18next'
import { Icon } from './icons.tsx'
import classes from './secret-field.module.css'

export type SecretFieldProps = Omit<PasswordInputProps, 'label' | 'visible' | 'rightSection'> & {
	readonly label: string
}

/** A secret to type or paste: hidden until its reveal button is pressed. Spelling aids, which send text away, are off. */
export function SecretField({ label, ...others }: SecretFieldProps) {
	const { t } = useTranslation('shell')
	const [isVisible, { toggle }] = useDisclosure(false)
	return (
		<PasswordInput
			label={label}
			autoCapitalize="off"
			autoCorrect="off"
			spellCheck={false}
			aria-invalid={Boolean(others.error) || undefined} // Mantine says so for every field but this one
			classNames={{ input: classes.input ?? '' }}
			{...others}
			visible={isVisible}
			onVisibilityChange={toggle}
			rightSection={
				<ActionIcon
					variant="subtle"
					color="gray"
					aria-label={t(isVisible ? 'hideLabel' : 'showLabel', { what: label })}
					aria-pressed={isVisible}
					onClick={toggle}
				>
					<Icon name={isVisible ? 'eyeOff' : 'eye'} />
				</ActionIcon>
			}
		/>
	)
}
