import type { FormEvent, ReactNode } from 'react'
import classes from './form.module.css'

/** A form that the program sends itself; the fields stand below each other. */
export function Form({ onSubmit, children }: { readonly onSubmit: () => void; readonly children: ReactNode }) {
	const submit = (event: FormEvent) => {
		event.preventDefault()
		onSubmit()
	}
	return (
		<form noValidate className={classes.form} onSubmit={submit}>
			{children}
		</form>
	)
}
