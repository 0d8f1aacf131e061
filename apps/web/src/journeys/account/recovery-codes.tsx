import { useTranslation } from 'react-i18next'
import { useMe } from '../../api/session.ts'
import { useLanguage } from '../../texts/use-language.ts'
import { ActionButton } from '../../ui/buttons.tsx'
import { CopyButton } from '../../ui/copy-button.tsx'
import { DialogButtons } from '../../ui/dialog-buttons.tsx'
import { dateOf } from '../../ui/format-time.ts'
import { Icon } from '../../ui/icons.tsx'
import { saveAsFile } from '../../ui/save-as-file.ts'
import classes from './account.module.css'

/** Shown once; goes away only when the person says that they are kept. */
export function RecoveryCodes({ codes, onKept }: { readonly codes: readonly string[]; readonly onKept: () => void }) {
	const { t } = useTranslation('account')
	const { t: shell } = useTranslation('shell')
	const language = useLanguage()
	const { account } = useMe()
	const download = () => {
		const date = dateOf(new Date().toISOString(), language)
		const head = t('twoFactor.fileHead', { username: account.username, date })
		saveAsFile(t('twoFactor.fileName'), [head, '', ...codes, ''].join('\n'))
	}
	return (
		<div>
			<h3>{t('twoFactor.codesTitle')}</h3>
			<p>{t('twoFactor.codesIntro')}</p>
			<ul className={classes.codes}>
				{codes.map((code) => (
					<li key={code}>{code}</li>
				))}
			</ul>
			<div className={classes.buttons}>
				<CopyButton text={codes.join('\n')} what={t('twoFactor.codesName')} />
				<ActionButton size="sm" leftSection={<Icon name="download" size={16} />} onClick={download}>
					{shell('download')}
				</ActionButton>
			</div>
			<DialogButtons>
				<ActionButton onClick={onKept}>{t('twoFactor.kept')}</ActionButton>
			</DialogButtons>
		</div>
	)
}
