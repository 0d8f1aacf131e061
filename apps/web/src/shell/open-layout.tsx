import { Outlet } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useVisitor } from '../api/session.ts'
import { ButtonLink } from '../ui/router-links.tsx'
import { EntranceFrame } from './entrance-layout.tsx'
import { ShellFrame } from './shell.tsx'

/** Pages for everybody: with the navigation for those who are signed in. */
export function OpenLayout() {
	const { t } = useTranslation('shell')
	if (useVisitor())
		return (
			<ShellFrame>
				<Outlet />
			</ShellFrame>
		)
	return (
		<EntranceFrame actions={<ButtonLink to="/sign-in">{t('menu.signIn')}</ButtonLink>}>
			<Outlet />
		</EntranceFrame>
	)
}
