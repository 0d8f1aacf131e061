import { Fragment } from 'react'

/** A sentence in which `**these words**` are strong: the labels a reader has to find on a screen. */
export function Emphasized({ text }: { readonly text: string }) {
	return text.split('**').map((part, index) =>
		// Every second part stood between two marks; a part has no other identity than its place.
		index % 2 === 1 ? <strong key={index}>{part}</strong> : <Fragment key={index}>{part}</Fragment>,
	)
}
