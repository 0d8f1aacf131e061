import { TextInput } from '@mantine/core'
import { useEffect, useId, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { ActionButton } from '../../ui/buttons.tsx'
import { CopyButton } from '../../ui/copy-button.tsx'
import { Icon } from '../../ui/icons.tsx'
import classes from './webhooks.module.css'
import type { ShownSecret } from './shown-secret.ts'

/** A dialog that asked for it gives the focus back to its button within this time. */
const AFTER_DIALOG_MS = 60

/** The signing secret, this once. It takes the focus, and goes when it is dismissed. */
export function NewSecret({ shown, onDismiss }: { readonly shown: ShownSecret; readonly onDismiss: () => void }) {
	const { t } = useTranslation('webhooks')
	const titleId = useId()
	const box = useRef<HTMLDivElement>(null)
	useEffect(() => {
		const timer = setTimeout(() => {
			box.current?.focus({ preventScroll: true })
			box.current?.scrollIntoView({ block: 'nearest' })
		}, AFTER_DIALOG_MS)
		return () => clearTimeout(timer)
	}, [])
	return (
		<div ref={box} role="alert" aria-labelledby={titleId} tabIndex={-1} className={classes.secretBox}>
			<h2 id={titleId}>
				<Icon name="key" size={20} /> <span>{t('secret.title')}</span>
			</h2>
			<p className={classes.url}>{shown.url}</p>
			<div className={classes.secretLine}>
				<TextInput
					label={t('secret.label')}
					readOnly
					autoComplete="off"
					spellCheck={false}
					value={shown.secret}
					onFocus={(event) => event.currentTarget.select()}
					classNames={{ root: classes.secret ?? '', input: classes.mono ?? '' }}
				/>
				<CopyButton text={shown.secret} what={t('secret.label')} />
			</div>
			<p>{t(shown.isReplaced ? 'secret.replaced' : 'secret.once')}</p>
			<ActionButton onClick={onDismiss}>{t('secret.dismiss')}</ActionButton>
		</div>
	)
}
