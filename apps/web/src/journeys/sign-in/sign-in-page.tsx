import { contract } from '@postern/api/contract'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { askApi } from '../../api/client.ts'
import { welcome } from '../../api/session.ts'
import { isServerPage } from '../../shell/own-path.ts'
import { Page } from '../../ui/page.tsx'
import { PasswordStep } from './password-step.tsx'
import { SecondStep } from './second-step.tsx'

export function SignInPage() {
	const { t } = useTranslation('entrance')
	const [step, setStep] = useState<'password' | 'second-factor'>('password')
	const navigate = useNavigate()
	const { return: back } = useSearch({ from: '/entrance/sign-in' })
	const arrive = async () => {
		welcome(await askApi(contract.getMe, {}))
		// A page of the server's is none that the router knows.
		if (back !== undefined && isServerPage(back)) location.replace(back)
		else await navigate({ href: back ?? '/', replace: true })
	}
	if (step === 'password')
		return (
			<Page key="password" title={t('signIn.title')}>
				{back !== undefined && back !== '/' && <p>{t('signIn.again')}</p>}
				<PasswordStep onSecondFactor={() => setStep('second-factor')} onSignedIn={arrive} />
			</Page>
		)
	return (
		<Page key="second-factor" title={t('signIn.codeTitle')}>
			<SecondStep onSignedIn={arrive} onStartOver={() => setStep('password')} />
		</Page>
	)
}
