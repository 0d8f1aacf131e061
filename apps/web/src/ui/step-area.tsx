import { useEffect, useRef, type ReactNode } from 'react'

/** Holds one step of several: when the step changes, the focus comes along, because what had it is gone. */
export function StepArea(props: { readonly step: string; readonly label: string; readonly children: ReactNode }) {
	const { step, label, children } = props
	const area = useRef<HTMLDivElement>(null)
	const shown = useRef(step)
	useEffect(() => {
		if (shown.current === step) return
		shown.current = step
		area.current?.focus()
	}, [step])
	return (
		<div ref={area} role="group" aria-label={label} tabIndex={-1}>
			{children}
		</div>
	)
}
