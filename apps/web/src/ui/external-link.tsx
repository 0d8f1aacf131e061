import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import classes from './external-link.module.css'
import { Icon } from './icons.tsx'

/** A link to another site, in a new tab that learns nothing about this one. What is no web address stays text. */
export function ExternalLink({ href, children }: { readonly href: string; readonly children: ReactNode }) {
	const { t } = useTranslation('shell')
	if (!isWebAddress(href)) return <span>{children}</span>
	return (
		<a href={href} target="_blank" rel="noopener noreferrer">
			{children}
			<span className={classes.mark}>
				{/* Keeps the mark beside the last word. */}
				{'\u2060'}
				<Icon name="external" size={14} />
			</span>
			<span className="visually-hidden">({t('newTab')})</span>
		</a>
	)
}

export function isWebAddress(text: string): boolean {
	const url = URL.parse(text)
	return url !== null && (url.protocol === 'https:' || url.protocol === 'http:')
}
