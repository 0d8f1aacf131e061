import { Anchor, Button, type AnchorProps, type ButtonProps } from '@mantine/core'
import { createLink } from '@tanstack/react-router'
import type { ComponentPropsWithRef } from 'react'
import buttons from './buttons.module.css'

type Native<P> = P & Omit<ComponentPropsWithRef<'a'>, keyof P>

/** A link inside the program. */
export const TextLink = createLink((props: Native<AnchorProps>) => <Anchor underline="always" {...props} />)

/** A link that looks like a button. */
export const ButtonLink = createLink((props: Native<ButtonProps>) => (
	<Button variant="default" component="a" classNames={{ root: buttons.button ?? '' }} {...props} />
))

/** The one next step of a screen, when it is another page. */
export const PrimaryLink = createLink((props: Native<ButtonProps>) => (
	<Button
		variant="filled"
		color="lamplight.5"
		component="a"
		classNames={{ root: `${buttons.button} ${buttons.primary}` }}
		{...props}
	/>
))
