import { useTranslation } from 'react-i18next'
import { Emphasized } from '../../ui/emphasized.tsx'
import { HelpPicture, type OwnScreen } from '../../ui/help-picture.tsx'

type StepName = 'one' | 'two' | 'three' | 'four' | 'five' | 'seven' | 'eight' | 'nine'

/** One step of the guide: heading, what to do, how it looks. */
export function HelpStep({ name, picture }: { readonly name: StepName; readonly picture: OwnScreen }) {
	const { t } = useTranslation('help')
	return (
		<>
			<h3>{t(`connecting.steps.${name}.title`)}</h3>
			<p>
				<Emphasized text={t(`connecting.steps.${name}.body`)} />
			</p>
			<HelpPicture name={picture} alt={t(`connecting.steps.${name}.picture`)} />
		</>
	)
}
