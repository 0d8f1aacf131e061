import { useTranslation } from 'react-i18next'
import type { ProblemError } from '../api/client.ts'
import { DeviceRefused } from '../api/web-authn.ts'
import { Icon } from './icons.tsx'
import { ProblemCard } from './problem-card.tsx'
import classes from './passkey-problem.module.css'

/** What went wrong with a passkey: on the device, which only the browser knows, or on the server. */
export function PasskeyProblem({ error }: { readonly error: ProblemError | DeviceRefused }) {
	const { t } = useTranslation('shell')
	if (!(error instanceof DeviceRefused)) return <ProblemCard problem={error.problem} />
	return (
		<p role="alert" className={classes.line}>
			<Icon name="warning" />
			<span>{t(`passkey.${error.reason}`)}</span>
		</p>
	)
}
