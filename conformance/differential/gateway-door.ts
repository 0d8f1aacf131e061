import type { ConnectedSite, GatewayStage, IssuedThere } from '../gateway/gateway-stage.ts'
import { scopeSets } from './grants.ts'
import { openRawConnection } from './raw-connection.ts'
import type { Door } from './run-differential.ts'

/** The real one: a request goes to the site's address at Postern, with one of its passwords. */
export function gatewayDoor({ url }: ConnectedSite, passwords: readonly IssuedThere[]): Door {
	const { port, pathname } = new URL(url)
	const connection = openRawConnection(Number(port))
	const passwordOf = (scopeSet: number): IssuedThere => {
		const password = passwords[scopeSet]
		if (password === undefined) throw new Error(`no password with ${scopeSets[scopeSet]?.name}`)
		return password
	}
	return {
		isGateway: true,
		login: (scopeSet) => passwordOf(scopeSet),
		async send({ kind, wire, seed }, { scopeSet }) {
			const { Authorization = '' } = passwordOf(scopeSet).basic
			const credentials = kind === 'rest' ? [['Authorization', Authorization] as const] : [callerOf(seed)]
			const target = wire.target.startsWith('http') ? wire.target : `${pathname}${wire.target}`
			const { status, headers } = await connection.ask({ ...wire, target, headers: [...credentials, ...wire.headers] })
			return { status, requestId: headers.get('x-request-id') }
		},
		close: async () => connection.close(),
	}
}

export async function passwordsFor(stage: GatewayStage): Promise<readonly IssuedThere[]> {
	const issued: IssuedThere[] = []
	for (const { scopes } of scopeSets) issued.push(await stage.issue({ scopes }))
	return issued
}

/** Some documents bring wrong passwords, and who does so too often is not listened to: each comes from somewhere else. */
function callerOf(seed: number): readonly [string, string] {
	return ['X-Forwarded-For', `10.${(seed >>> 16) & 255}.${(seed >>> 8) & 255}.${seed & 255}`]
}

/** For `X-Forwarded-For`. */
export const behindProxy = { environment: { POSTERN_PROXIES: '127.0.0.0/8, ::1/128' } }
