import { APIError, createAuthEndpoint, getSessionFromCtx } from 'better-auth/api'
import { expireCookie, setSessionCookie } from 'better-auth/cookies'
import type { BetterAuthPlugin } from 'better-auth/types'
import * as z from 'zod/mini'
import { proofKinds } from './proof-kinds.ts'

const proof = { provenAt: z.date(), provenBy: z.enum(proofKinds) }

/** The library's own words for "start again", as its second step says them. */
const noFirstStep = () => new APIError('UNAUTHORIZED', { code: 'INVALID_TWO_FACTOR_COOKIE' })

/**
 * What the library has no function for: sessions of people who were proven by something it does not know. They are called
 * from here only; `serverOnly` keeps them off any HTTP surface.
 */
export function sessionEndpoints() {
	return {
		id: 'postern-sessions',
		endpoints: {
			/** Signs somebody in. */
			beginSession: createAuthEndpoint.serverOnly(
				{ method: 'POST', body: z.object({ accountId: z.string(), ...proof }) },
				async (ctx) => {
					const { accountId, ...proven } = ctx.body
					const { internalAdapter } = ctx.context
					const user = await internalAdapter.findUserById(accountId)
					if (!user) throw noFirstStep()
					await setSessionCookie(ctx, { session: await internalAdapter.createSession(accountId, false, proven), user })
				},
			),

			/** Uses up the first step of a sign-in, whose second step was proven otherwise, and signs in. */
			finishFirstStep: createAuthEndpoint.serverOnly(
				{ method: 'POST', body: z.object({ accountId: z.string(), ...proof }) },
				async (ctx) => {
					const { accountId, ...proven } = ctx.body
					const { internalAdapter, secret } = ctx.context
					const cookie = ctx.context.createAuthCookie('two_factor')
					const identifier = await ctx.getSignedCookie(cookie.name, secret)
					const used = identifier ? await internalAdapter.consumeVerificationValue(identifier) : null
					const user = used?.value === accountId ? await internalAdapter.findUserById(accountId) : null
					if (!user) throw noFirstStep()
					await setSessionCookie(ctx, { session: await internalAdapter.createSession(accountId, false, proven), user })
					expireCookie(ctx, cookie)
				},
			),

			/** Ends this session and goes on in a new one, which ends when this one would have. */
			renewSession: createAuthEndpoint.serverOnly({ method: 'POST', body: z.object(proof) }, async (ctx) => {
				const found = await getSessionFromCtx(ctx)
				if (!found) throw noFirstStep()
				const { session: before, user } = found
				const { adapter, internalAdapter } = ctx.context
				const session = await internalAdapter.createSession(user.id, false, { ...before, ...ctx.body })
				await adapter.update({
					model: 'session',
					where: [{ field: 'id', value: session.id }],
					update: { createdAt: before.createdAt, expiresAt: before.expiresAt },
				})
				await setSessionCookie(ctx, { session, user })
				await internalAdapter.deleteSession(before.token)
				return { sessionId: session.id }
			}),
		},
	} satisfies BetterAuthPlugin
}
