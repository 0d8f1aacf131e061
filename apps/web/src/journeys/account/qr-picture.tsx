import { useMemo } from 'react'
import { encode } from 'uqr'
import classes from './account.module.css'

/** Drawn here, so that the seed goes nowhere else. Dark on white in both color schemes: readers expect it. */
export function QrPicture({ text, label }: { readonly text: string; readonly label: string }) {
	const { size, path } = useMemo(() => draw(text), [text])
	return (
		<svg
			role="img"
			aria-label={label}
			viewBox={`0 0 ${size} ${size}`}
			className={classes.qr}
			shapeRendering="crispEdges"
		>
			<path d={path} fill="#000" />
		</svg>
	)
}

function draw(text: string): { readonly size: number; readonly path: string } {
	const { size, data } = encode(text, { ecc: 'M', border: 3 })
	const squares = data.flatMap((row, y) => row.map((isDark, x) => (isDark ? `M${x} ${y}h1v1h-1z` : '')))
	return { size, path: squares.join('') }
}
