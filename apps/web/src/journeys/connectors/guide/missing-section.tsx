import { useTranslation } from 'react-i18next'
import { Emphasized } from '../../../ui/emphasized.tsx'
import { Badge, type Tone } from '../../../ui/state-badge.tsx'
import type { IconName } from '../../../ui/icons.tsx'
import { TextLink } from '../../../ui/router-links.tsx'
import { sectionReasons, type SectionKnowledge, type Verdict } from './section-reasons.ts'
import classes from './wordpress-guide.module.css'

const looks: Record<Verdict, { readonly icon: IconName; readonly tone: Tone }> = {
	applies: { icon: 'warning', tone: 'caution' },
	excluded: { icon: 'passed', tone: 'good' },
	unknown: { icon: 'help', tone: 'quiet' },
}

/** "I don't see this section": the usual reasons, with what is known about this site marked. */
export function MissingSection({ knowledge }: { readonly knowledge: SectionKnowledge }) {
	const { t } = useTranslation('connectors')
	const { verdicts, plugin, isOn } = knowledge
	return (
		<details className={classes.missing}>
			<summary>{t('missing.title')}</summary>
			<p>{t(isOn ? 'missing.allOn' : 'missing.intro')}</p>
			<ol>
				{sectionReasons.map((reason) => (
					<li key={reason}>
						<p>
							<strong>{t(`missing.${reason}`)}</strong>
							<br />
							<Badge {...looks[verdicts[reason]]}>{t(`missing.verdicts.${verdicts[reason]}`)}</Badge>
						</p>
						{verdicts[reason] !== 'excluded' && (
							<p>
								{reason === 'plugin' && plugin !== '' && (
									<>
										<Emphasized text={t('missing.pluginNamed', { plugin })} />{' '}
									</>
								)}
								<Emphasized text={t(`missing.${reason}Body`)} />
							</p>
						)}
					</li>
				))}
			</ol>
			<p>
				<TextLink to="/help/wordpress-application-password" hash="missing-section" target="_blank">
					{t('missing.help')}
				</TextLink>
			</p>
		</details>
	)
}
