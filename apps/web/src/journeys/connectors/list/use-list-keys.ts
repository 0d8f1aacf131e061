import { useEffect, type RefObject } from 'react'

/** Where typing is typing. */
const typing = 'input:not([type="checkbox"]), textarea, select, [contenteditable], [role="textbox"]'

type ListKeysOptions = {
	readonly isOn: boolean
	readonly list: RefObject<HTMLElement | null>
	readonly search: RefObject<HTMLElement | null>
	readonly count: number
	/** Brings a row into the page, which may be out of sight. */
	readonly onShow: (index: number) => void
	readonly onSelect: (index: number) => void
	readonly onHelp: () => void
}

/** Keys of the list: those of the rows count only while the focus is in one, so that they are nobody else's. */
export function useListKeys({ isOn, list, search, count, onShow, onSelect, onHelp }: ListKeysOptions): void {
	useEffect(() => {
		if (!isOn) return
		const press = (event: KeyboardEvent) => {
			const isElsewhere = event.target instanceof Element && event.target.closest(`${typing}, [role="dialog"]`) !== null
			if (event.defaultPrevented || isElsewhere || isWithModifier(event)) return
			if (event.key === '/') search.current?.querySelector('input')?.focus()
			else if (event.key === '?') onHelp()
			else return
			event.preventDefault()
		}
		document.addEventListener('keydown', press)
		return () => document.removeEventListener('keydown', press)
	}, [isOn, search, onHelp])

	useEffect(() => {
		const rows = list.current
		if (!isOn || rows === null) return
		const press = (event: KeyboardEvent) => {
			if (event.defaultPrevented || isWithModifier(event) || !(event.target instanceof Element)) return
			const row = event.target.closest('tr[data-index]')
			if (row === null || event.target.closest(typing) !== null) return
			const index = Number(row.getAttribute('data-index'))
			const next = index + (steps[event.key] ?? 0)
			if (next !== index) {
				if (next < 0 || next >= count) return
				onShow(next)
				focusRow(list, next)
			} else if (event.key === 'x') onSelect(index)
			else if (event.key === 'Enter' && event.target.matches('[type="checkbox"]')) linkOf(row)?.click()
			else return
			event.preventDefault()
		}
		rows.addEventListener('keydown', press)
		return () => rows.removeEventListener('keydown', press)
	}, [isOn, list, count, onShow, onSelect])
}

const steps: Readonly<Record<string, 1 | -1>> = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1 }

function isWithModifier({ altKey, ctrlKey, metaKey }: Pick<KeyboardEvent, 'altKey' | 'ctrlKey' | 'metaKey'>): boolean {
	return altKey || ctrlKey || metaKey
}

function linkOf(row: Element | null | undefined) {
	return row?.querySelector<HTMLElement>('td[data-column="name"] > a')
}

/** A row that is out of sight is in the page only after it was scrolled to. */
function focusRow(list: RefObject<HTMLElement | null>, index: number, patience = 20): void {
	const link = linkOf(list.current?.querySelector(`tr[data-index="${index}"]`))
	if (link) link.focus()
	else if (patience > 0) requestAnimationFrame(() => focusRow(list, index, patience - 1))
}
