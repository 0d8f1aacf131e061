import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Emphasized } from '../../ui/emphasized.tsx'
import { HelpPicture } from '../../ui/help-picture.tsx'
import { TextLink } from '../../ui/router-links.tsx'
import classes from './help.module.css'

/** Step 6, the only one that happens in WordPress, with its five parts. */
export function MakePasswordStep() {
	const { t } = useTranslation('help')
	return (
		<>
			<h3>{t('connecting.steps.six.title')}</h3>
			<p>{t('connecting.steps.six.body')}</p>
			<ol className={classes.parts}>
				<Part text={t('connecting.steps.six.logIn')} />
				<Part text={t('connecting.steps.six.profile')} />
				<Part text={t('connecting.steps.six.username')}>
					<HelpPicture name="username" alt={t('connecting.steps.six.usernamePicture')} />
				</Part>
				<Part text={t('connecting.steps.six.section')}>
					<HelpPicture name="application-password" alt={t('connecting.steps.six.sectionPicture')} />
					<p className={classes.note}>
						{t('connecting.steps.six.sectionNote')}{' '}
						<TextLink to="/help/wordpress-application-password" hash="missing-section">
							{t('connecting.steps.six.sectionNoteLink')}
						</TextLink>
					</p>
				</Part>
				<Part text={t('connecting.steps.six.copy')}>
					<HelpPicture name="step-7" alt={t('connecting.steps.six.copyPicture')} />
				</Part>
			</ol>
		</>
	)
}

function Part({ text, children }: { readonly text: string; readonly children?: ReactNode }) {
	return (
		<li>
			<p>
				<Emphasized text={text} />
			</p>
			{children}
		</li>
	)
}
