import { IncomingMessage } from 'node:http'
import { Socket } from 'node:net'
import { expect, it } from 'vitest'
import { createUpload } from './upload.ts'

it('T47 an upload that nobody came to read ends with its sender, and nothing else does', async () => {
	const request = new IncomingMessage(new Socket())
	const upload = createUpload(request, { onBytes: () => undefined })
	// Node ends the process for an error that nobody listens to; Vitest tells of it as a failure of this run.
	request.destroy()
	await expect.poll(() => upload.destroyed).toBe(true)
	await new Promise((resolve) => setImmediate(resolve)) // an error without a listener has been thrown by now
})
