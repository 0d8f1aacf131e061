import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import classes from './loading.module.css'

/** Says that something is on its way; appears only if it takes a moment. */
export function Loading({ children }: { readonly children?: ReactNode }) {
	const { t } = useTranslation('shell')
	return (
		<output className={classes.loading}>
			<span className={classes.lamp} aria-hidden="true" />
			{children ?? t('loading')}
		</output>
	)
}
