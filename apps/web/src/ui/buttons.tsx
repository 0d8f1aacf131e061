import { Button, type ButtonProps } from '@mantine/core'
import type { ComponentPropsWithoutRef, MouseEvent } from 'react'
import classes from './buttons.module.css'

export type ActionButtonProps = Omit<ButtonProps, 'loading' | 'disabled'> &
	Omit<ComponentPropsWithoutRef<'button'>, keyof ButtonProps> & {
		/** While the action runs: shown, said, and a second press does nothing. The focus stays. */
		readonly isBusy?: boolean
		/** It is not time for it yet. Whoever presses it is told so by the action itself. */
		readonly isWaiting?: boolean
	}

/** A button for an action that takes time. It never gets `disabled`, which would drop the keyboard's place. */
export function ActionButton(props: ActionButtonProps) {
	const { isBusy = false, isWaiting = false, onClick, type = 'button', className, ...others } = props
	const press = (event: MouseEvent<HTMLButtonElement>) => {
		// The second half of a double click: meant for what the button was, not for what it has become since.
		if (isBusy || event.detail > 1) event.preventDefault()
		else onClick?.(event)
	}
	return (
		<Button
			variant="default"
			{...others}
			type={type}
			onClick={press}
			className={className ?? ''}
			classNames={{ root: classes.button ?? '' }}
			data-busy={isBusy || undefined}
			aria-busy={isBusy || undefined}
			data-waiting={isWaiting || undefined}
			aria-disabled={isBusy || isWaiting || undefined}
		/>
	)
}

/**
 * The one next step of a screen: there is at most one. A button that is not always it says so by `isNext`: it stays the
 * same button, and the keyboard's place stays with it.
 */
export function PrimaryButton({ isNext = true, ...props }: ActionButtonProps & { readonly isNext?: boolean }) {
	const look = isNext ? { variant: 'filled', color: 'lamplight.5', className: classes.primary ?? '' } : {}
	return <ActionButton {...props} {...look} />
}
