import { createServer } from 'node:http'
import { authenticateBasic, createHandler, toNodeListener } from '@postern/app-passwords'
import { appPasswords, issueOne, port, site, users } from '../accounts.ts'

const wordpress = toNodeListener(createHandler({ appPasswords, users, site }))

const server = createServer((request, response) => {
	// What is thrown in here is answered with 500.
	wordpress(request, response, async (error) => {
		if (error instanceof Error) throw error
		const { authorization } = request.headers
		const ip = request.socket.remoteAddress ?? ''
		const proven = await authenticateBasic(appPasswords, { authorization, ip, isTls: false })
		if (proven?.ok === true) response.end(`Hello ${proven.value.user.displayName}!`)
		else response.writeHead(401).end('Who are you?')
	})
})
server.listen(port, '127.0.0.1', () => void issueOne())
