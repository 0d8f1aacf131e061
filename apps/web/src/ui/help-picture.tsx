import { useState } from 'react'
import { useLanguage } from '../texts/use-language.ts'
import classes from './help-picture.module.css'
import { Icon } from './icons.tsx'

/** Our own screens, in the reader's language. WordPress's stand there once, in English. */
export type OwnScreen = 'step-1' | 'step-2' | 'step-3' | 'step-4' | 'step-5' | 'step-8' | 'step-9' | 'step-10'
export type WordPressScreen = 'log-in' | 'profile' | 'username' | 'application-password' | 'step-7'

// What `npm run screenshots` takes.
const WIDTH = 900
const HEIGHT = 560

type HelpPictureProps = { readonly name: OwnScreen | WordPressScreen; readonly alt: string }

/** A picture of the guide, taken by the browser test of the journey. Where it is missing, its words stand in. */
export function HelpPicture({ name, alt }: HelpPictureProps) {
	const language = useLanguage()
	const [isMissing, setIsMissing] = useState(false)
	if (isMissing)
		return (
			<p className={classes.missing}>
				<Icon name="eye" size={16} />
				<span>{alt}</span>
			</p>
		)
	const folder = language === 'en' || isWordPress(name) ? '' : `${language}/`
	return (
		<img
			className={classes.picture}
			src={`/help/wordpress/${folder}${name}.webp`}
			width={WIDTH}
			height={HEIGHT}
			alt={alt}
			loading="lazy"
			decoding="async"
			onError={() => setIsMissing(true)}
		/>
	)
}

function isWordPress(name: HelpPictureProps['name']): name is WordPressScreen {
	return !name.startsWith('step-') || name === 'step-7'
}
