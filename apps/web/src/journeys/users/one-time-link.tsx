import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { ActionButton } from '../../ui/buttons.tsx'
import { CopyButton } from '../../ui/copy-button.tsx'
import { DialogButtons } from '../../ui/dialog-buttons.tsx'
import classes from './users.module.css'

export type OneTimeLinkProps = {
	readonly link: string
	/** Names the link where it is copied. */
	readonly what: string
	readonly children: ReactNode
	readonly onDone: () => void
}

/** A link that is shown once: to read, to copy, and then gone. */
export function OneTimeLink({ link, what, children, onDone }: OneTimeLinkProps) {
	const { t } = useTranslation('shell')
	return (
		<>
			<output>{children}</output>
			<code className={classes.link}>{link}</code>
			<DialogButtons>
				<CopyButton text={link} what={what} />
				<ActionButton onClick={onDone}>{t('done')}</ActionButton>
			</DialogButtons>
		</>
	)
}
