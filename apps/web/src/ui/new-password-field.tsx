import { useTranslation } from 'react-i18next'
import { Icon } from './icons.tsx'
import classes from './new-password-field.module.css'
import { SecretField, type SecretFieldProps } from './secret-field.tsx'

const MIN_LENGTH = 15

/** A password to choose: one field with a reveal button instead of typing it twice, and the rule beside it. */
export function NewPasswordField(props: SecretFieldProps & { readonly value: string }) {
	const { t } = useTranslation('shell')
	// As the server counts: characters, not UTF-16 units.
	const count = [...props.value].length
	const isEnough = count >= MIN_LENGTH
	return (
		<div>
			<SecretField autoComplete="new-password" description={t('password.rule')} {...props} />
			{count > 0 && (
				<p className={classes.count} data-enough={isEnough || undefined}>
					<Icon name={isEnough ? 'passed' : 'waiting'} size={15} />
					{isEnough ? t('password.enough') : t('password.count', { count })}
				</p>
			)}
		</div>
	)
}
