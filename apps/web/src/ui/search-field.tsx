import { CloseButton, TextInput } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { useEffect, useRef, useState } from 'react'
import { Icon } from './icons.tsx'

const WAIT_MS = 250

export type SearchFieldProps = {
	readonly label: string
	readonly clearLabel: string
	/** What is asked for now. */
	readonly text: string
	readonly onChange: (text: string) => void
	readonly className?: string
}

/** Asks the server a moment after the last key, not at every key. */
export function SearchField({ label, clearLabel, text, onChange, className }: SearchFieldProps) {
	const [typed, setTyped] = useState(text)
	const asked = useRef(text)
	const ask = (next: string) => {
		asked.current = next
		onChange(next)
	}
	const askSoon = useDebouncedCallback(ask, WAIT_MS)
	useEffect(() => {
		// The address changed by other means: back, forward, "show all".
		if (text !== asked.current) setTyped(text)
		asked.current = text
	}, [text])
	const change = (next: string) => {
		setTyped(next)
		askSoon(next.trim())
	}
	const clear = () => {
		setTyped('')
		ask('')
	}
	return (
		<TextInput
			type="text"
			inputMode="search"
			enterKeyHint="search"
			aria-label={label}
			placeholder={label}
			autoComplete="off"
			spellCheck={false}
			leftSection={<Icon name="search" />}
			rightSection={typed === '' ? null : <CloseButton size="sm" aria-label={clearLabel} onClick={clear} />}
			value={typed}
			onChange={(event) => change(event.currentTarget.value)}
			className={className ?? ''}
		/>
	)
}
