import { useState } from 'react'
import classes from './help-picture.module.css'
import { Icon } from './icons.tsx'

/** A picture of the guide, taken by the browser test of the journey. Where it is missing, its words stand in. */
export function HelpPicture({ name, alt }: { readonly name: string; readonly alt: string }) {
	const [isMissing, setIsMissing] = useState(false)
	if (isMissing)
		return (
			<p className={classes.missing}>
				<Icon name="eye" size={16} />
				<span>{alt}</span>
			</p>
		)
	return (
		<img
			className={classes.picture}
			src={`/help/wordpress/${name}.png`}
			alt={alt}
			loading="lazy"
			decoding="async"
			onError={() => setIsMissing(true)}
		/>
	)
}
