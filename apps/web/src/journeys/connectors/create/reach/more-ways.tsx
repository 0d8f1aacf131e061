import { Checkbox, TextInput } from '@mantine/core'
import type { ConnectorTypeDocument } from '@postern/api/contract'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ActionButton } from '../../../../ui/buttons.tsx'
import { SecretField } from '../../../../ui/secret-field.tsx'
import classes from '../create.module.css'
import { groupFingerprint, hasEdge, isPlain, type TypedReach } from './typed-reach.ts'

type MoreWaysProps = {
	readonly type: ConnectorTypeDocument
	readonly reach: TypedReach
	/** The web server in front of the site asks for a login. */
	readonly needsLogin: boolean
	readonly onChange: (changed: Partial<TypedReach>) => void
	/** A field was left: what is known of the site may be another by now. */
	readonly onLeave: () => void
}

/** Password managers know this page as Postern. */
const notALogin = { 'data-1p-ignore': true, 'data-bwignore': true, 'data-lpignore': 'true', 'data-form-type': 'other' }

/** What few sites need, folded away until one does. */
export function MoreWays({ type, reach, needsLogin, onChange, onLeave }: MoreWaysProps) {
	const { t } = useTranslation('connecting')
	const [isOpen, setIsOpen] = useState(!isPlain(reach))
	const { transport, certificatePin } = reach
	return (
		<details
			className={classes.more}
			open={isOpen || needsLogin}
			onToggle={(event) => setIsOpen(event.currentTarget.open)}
		>
			<summary>{t('more.title')}</summary>
			<div className={classes.moreBody}>
				<EdgeLogin reach={reach} onChange={onChange} onLeave={onLeave} />
				{type.can.xmlRpc && (
					<Checkbox
						label={t('more.xmlRpc')}
						description={t('xmlRpc.what')}
						checked={transport === 'xml-rpc'}
						onChange={(event) => onChange({ transport: event.currentTarget.checked ? 'xml-rpc' : 'rest' })}
					/>
				)}
				{certificatePin !== '' && (
					<div>
						<p className={classes.choiceText}>{t('more.pinned')}</p>
						<code className={classes.fingerprint}>{groupFingerprint(certificatePin)}</code>
						<ActionButton size="xs" onClick={() => onChange({ certificatePin: '' })}>
							{t('more.unpin')}
						</ActionButton>
					</div>
				)}
			</div>
		</details>
	)
}

function EdgeLogin({ reach, onChange, onLeave }: Pick<MoreWaysProps, 'reach' | 'onChange' | 'onLeave'>) {
	const { t } = useTranslation('connecting')
	const { edge } = reach
	if (edge === 'kept')
		return (
			<div>
				<p className={classes.choiceText}>{t('more.edgeKept')}</p>
				<ActionButton size="xs" onClick={() => onChange({ edge: { username: '', password: '' } })}>
					{t('more.edgeReplace')}
				</ActionButton>
			</div>
		)
	return (
		<fieldset className={classes.edge}>
			<legend>{t('more.edge')}</legend>
			<p className={classes.choiceText}>{t('more.edgeHint')}</p>
			<TextInput
				name="edge-username"
				label={t('more.edgeUsername')}
				value={edge.username}
				autoComplete="off"
				autoCapitalize="off"
				autoCorrect="off"
				spellCheck={false}
				onChange={(event) => onChange({ edge: { ...edge, username: event.currentTarget.value } })}
				{...notALogin}
			/>
			<SecretField
				name="edge-password"
				label={t('more.edgePassword')}
				value={edge.password}
				autoComplete="one-time-code"
				onChange={(event) => onChange({ edge: { ...edge, password: event.currentTarget.value } })}
				onBlur={() => hasEdge(reach) && onLeave()}
				{...notALogin}
			/>
		</fieldset>
	)
}
