import { Fragment, type ReactNode } from 'react'
import { splitMarks } from './split-marks.ts'

/** A sentence in which `**these words**` are strong, as labels on a screen are, and `` `these` `` are code. */
export function Emphasized({ text }: { readonly text: string }): ReactNode {
	return splitMarks(text).map(({ kind, words }, index) => {
		// A part has no other identity than its place.
		if (kind === 'strong') return <strong key={index}>{words}</strong>
		if (kind === 'code') return <code key={index}>{words}</code>
		return <Fragment key={index}>{words}</Fragment>
	})
}
