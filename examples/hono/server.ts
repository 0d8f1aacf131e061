import { serve } from '@hono/node-server'
import { getConnInfo } from '@hono/node-server/conninfo'
import { authenticateBasic, createHandler } from '@postern/app-passwords'
import { Hono } from 'hono'
import { appPasswords, issueOne, port, site, users } from '../accounts.ts'

const wordpress = createHandler({ appPasswords, users, site })

const app = new Hono()
app.use(async (context, next) => {
	const ip = getConnInfo(context).remote.address ?? ''
	return (await wordpress(context.req.raw, { ip })) ?? next()
})
app.get('/hello', async (context) => {
	const ip = getConnInfo(context).remote.address ?? ''
	const authorization = context.req.header('authorization')
	const proven = await authenticateBasic(appPasswords, { authorization, ip, isTls: false })
	return proven?.ok === true
		? context.text(`Hello ${proven.value.user.displayName}!`)
		: context.text('Who are you?', 401)
})
serve({ fetch: app.fetch, port, hostname: '127.0.0.1' }, () => void issueOne())
