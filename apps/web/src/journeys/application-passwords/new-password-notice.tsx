import { TextInput } from '@mantine/core'
import type { IssuedDocument } from '@postern/api/contract'
import { useEffect, useId, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { ActionButton } from '../../ui/buttons.tsx'
import { CopyButton } from '../../ui/copy-button.tsx'
import { Icon } from '../../ui/icons.tsx'
import { TextLink } from '../../ui/router-links.tsx'
import { HOW_TO_USE } from '../connectors/show/use/how-to-use-id.ts'
import classes from './passwords.module.css'

export type NewPasswordNoticeProps = {
	readonly issued: IssuedDocument
	readonly title: string
	readonly onDismiss: () => void
}

/** A dialog that asked for it gives the focus back to its button within this time. */
const AFTER_DIALOG_MS = 60

/** The secret, this once: to read, to copy and to try. It takes the focus, and goes when it is dismissed. */
export function NewPasswordNotice({ issued, title, onDismiss }: NewPasswordNoticeProps) {
	const { t } = useTranslation('passwords')
	const { password, username, applicationPassword } = issued
	const connector = onlyOne(applicationPassword.connectors)
	const titleId = useId()
	const box = useRef<HTMLDivElement>(null)
	useEffect(() => {
		const timer = setTimeout(() => {
			box.current?.focus({ preventScroll: true })
			box.current?.scrollIntoView({ block: 'nearest' })
		}, AFTER_DIALOG_MS)
		return () => clearTimeout(timer)
	}, [])
	const command = `curl --user "${username}:${password}" ${location.origin}/wp-json/wp/v2/users/me`
	return (
		<div ref={box} role="alert" aria-labelledby={titleId} tabIndex={-1} className={classes.notice}>
			<h3 id={titleId}>
				<Icon name="key" size={20} /> <span>{title}</span>
			</h3>
			<div className={classes.shown}>
				<TextInput
					label={t('notice.password')}
					readOnly
					autoComplete="off"
					spellCheck={false}
					value={password}
					onFocus={(event) => event.currentTarget.select()}
					classNames={{ root: classes.secret ?? '', input: classes.mono ?? '' }}
				/>
				<CopyButton text={password} what={t('notice.passwordName')} />
			</div>
			<p className={classes.warning}>
				<Icon name="warning" size={18} /> <span>{t('notice.warning')}</span>
			</p>
			<dl className={classes.use}>
				<dt>{t('notice.username')}</dt>
				<dd>
					<code>{username}</code>
					<CopyButton size="compact-sm" text={username} what={t('notice.usernameName')} />
				</dd>
				<dt>{t('notice.try')}</dt>
				<dd>
					<code>{command}</code>
					<CopyButton size="compact-sm" text={command} what={t('notice.tryName')} />
				</dd>
				{connector !== undefined && (
					<>
						<dt>{t('notice.use')}</dt>
						<dd>
							<HowToUseLink connectorId={connector} />
						</dd>
					</>
				)}
			</dl>
			<ActionButton onClick={onDismiss}>{t('notice.dismiss')}</ActionButton>
		</div>
	)
}

function onlyOne(connectors: IssuedDocument['applicationPassword']['connectors']): string | undefined {
	return connectors !== 'all' && connectors.length === 1 ? connectors[0] : undefined
}

/** In another tab: the secret stays here until it is put away. */
function HowToUseLink({ connectorId }: { readonly connectorId: string }) {
	const { t } = useTranslation('passwords')
	const { t: shell } = useTranslation('shell')
	return (
		<TextLink to="/connectors/$connectorId" params={{ connectorId }} hash={HOW_TO_USE} target="_blank">
			{t('notice.useHint')}
			<span className="visually-hidden"> ({shell('newTab')})</span>
		</TextLink>
	)
}
