import { Outlet } from '@tanstack/react-router'
import { useVisitor } from '../api/session.ts'
import { EntranceFrame } from './entrance-layout.tsx'
import { ShellFrame } from './shell.tsx'

/** Pages for everybody: with the navigation for those who are signed in. */
export function OpenLayout() {
	const Frame = useVisitor() ? ShellFrame : EntranceFrame
	return (
		<Frame>
			<Outlet />
		</Frame>
	)
}
