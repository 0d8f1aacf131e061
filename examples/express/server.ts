import { authenticateBasic, createHandler, toNodeListener } from '@postern/app-passwords'
import express from 'express'
import { appPasswords, issueOne, port, site, users } from '../accounts.ts'

const app = express()
// Before anything that reads bodies.
app.use(toNodeListener(createHandler({ appPasswords, users, site })))
// oxlint-disable-next-line oxc/no-async-endpoint-handlers -- Express 5 sees to rejections
app.get('/hello', async (request, response) => {
	const { authorization } = request.headers
	const ip = request.socket.remoteAddress ?? ''
	const proven = await authenticateBasic(appPasswords, { authorization, ip, isTls: request.secure })
	if (proven?.ok === true) response.send(`Hello ${proven.value.user.displayName}!`)
	else response.status(401).send('Who are you?')
})
app.listen(port, '127.0.0.1', () => void issueOne())
