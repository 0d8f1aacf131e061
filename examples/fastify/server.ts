import { authenticateBasic, createHandler, toNodeListener } from '@postern/app-passwords'
import Fastify from 'fastify'
import { appPasswords, issueOne, port, site, users } from '../accounts.ts'

const wordpress = toNodeListener(createHandler({ appPasswords, users, site }))

const app = Fastify()
app.addHook('onRequest', (request, reply, done) => {
	wordpress(request.raw, reply.raw, (error) => done(error instanceof Error ? error : undefined))
})
app.get('/hello', async ({ headers: { authorization }, socket }, reply) => {
	const ip = socket.remoteAddress ?? ''
	const proven = await authenticateBasic(appPasswords, { authorization, ip, isTls: false })
	return proven?.ok === true ? `Hello ${proven.value.user.displayName}!` : reply.code(401).send('Who are you?')
})
await app.listen({ port, host: '127.0.0.1' })
await issueOne()
