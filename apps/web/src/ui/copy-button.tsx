import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { announce, speak } from './announcer.tsx'
import { ActionButton } from './buttons.tsx'
import { Icon } from './icons.tsx'

/** Copies a text; `what` names it for those who hear the button. */
export function CopyButton({
	text,
	what,
	size = 'sm',
}: {
	readonly text: string
	readonly what: string
	readonly size?: string
}) {
	const { t } = useTranslation('shell')
	const [isCopied, setIsCopied] = useState(false)
	useEffect(() => {
		if (!isCopied) return
		const timer = setTimeout(() => setIsCopied(false), 3_000)
		return () => clearTimeout(timer)
	}, [isCopied])
	const copy = async () => {
		try {
			await navigator.clipboard.writeText(text)
			setIsCopied(true)
			speak(t('copiedLabel', { what }))
		} catch {
			// No clipboard outside https and loopback, or refused by the person.
			announce(t('copyFailed'), 'failed')
		}
	}
	return (
		<ActionButton
			size={size}
			leftSection={<Icon name={isCopied ? 'check' : 'copy'} size={16} />}
			aria-label={t(isCopied ? 'copiedLabel' : 'copyLabel', { what })}
			onClick={() => void copy()}
		>
			{isCopied ? t('copied') : t('copy')}
		</ActionButton>
	)
}
