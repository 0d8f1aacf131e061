import { Code } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import classes from './sign-in.module.css'

/** Nobody is locked out, and no mail is needed: says the two ways back in. */
export function LostAccess() {
	const { t } = useTranslation('entrance')
	return (
		<details className={classes.lost}>
			<summary>{t('signIn.lostTitle')}</summary>
			<p>{t('signIn.lost')}</p>
			<Code block>npm run postern -- account recover &lt;username&gt;</Code>
		</details>
	)
}
