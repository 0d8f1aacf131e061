import { Menu, useMantineColorScheme } from '@mantine/core'
import { languages } from '@postern/vocabulary'
import { useTranslation } from 'react-i18next'
import { useLanguage } from '../texts/use-language.ts'
import { Icon } from '../ui/icons.tsx'
import classes from './shell.module.css'
import { useChooseLanguage } from './use-choose-language.ts'

const schemes = [
	{ name: 'light', icon: 'sun' },
	{ name: 'dark', icon: 'moon' },
	{ name: 'auto', icon: 'device' },
] as const

export function LanguageItems() {
	const { t } = useTranslation('shell')
	const language = useLanguage()
	const choose = useChooseLanguage()
	return (
		<>
			<Menu.Label>{t('menu.language')}</Menu.Label>
			{languages.map((other) => (
				<Menu.Item
					key={other}
					lang={other}
					leftSection={<Icon name="language" size={16} />}
					rightSection={other === language && <Icon name="check" size={16} />}
					aria-current={other === language}
					onClick={() => void choose(other)}
				>
					{t(`languages.${other}`)}
				</Menu.Item>
			))}
		</>
	)
}

export function SchemeItems() {
	const { t } = useTranslation('shell')
	const { colorScheme, setColorScheme } = useMantineColorScheme()
	return (
		<>
			<Menu.Label>{t('menu.scheme')}</Menu.Label>
			{schemes.map(({ name, icon }) => (
				<Menu.Item
					key={name}
					leftSection={<Icon name={icon} size={16} />}
					rightSection={name === colorScheme ? <Icon name="check" size={16} /> : <span className={classes.noIcon} />}
					aria-current={name === colorScheme}
					onClick={() => setColorScheme(name)}
				>
					{t(`menu.schemes.${name}`)}
				</Menu.Item>
			))}
		</>
	)
}
