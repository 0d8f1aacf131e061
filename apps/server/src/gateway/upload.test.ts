import { IncomingMessage } from 'node:http'
import { Socket } from 'node:net'
import { expect, it } from 'vitest'
import { createUpload } from './upload.ts'

it('T47 an upload that nobody came to read ends with its sender, and nothing else does', async () => {
	const request = new IncomingMessage(new Socket())
	const upload = createUpload(request, { onBytes: () => undefined })
	// Node ends the process for an error that nobody listens to; Vitest tells of it as a failure of this run.
	request.destroy()
	await new Promise((resolve) => setTimeout(resolve, 20))
	expect(upload.destroyed).toBe(true)
})
