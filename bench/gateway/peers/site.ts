// What every peer is told when it starts: where the site is, and where packages are that are no dependencies of ours.
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import { pathToFileURL } from 'node:url'

const [, , origin = '', packages = ''] = process.argv

export const site = { origin, authorization: 'Basic YmVuY2g6c2VjcmV0' }

/** Loads a package that was fetched for comparing only. */
export function fetched(file: string): Promise<Record<string, never>> {
	return import(pathToFileURL(path.join(packages, 'node_modules', file)).href)
}

/** Prints the port once it listens. */
export function listening(server: Server): void {
	server.listen(0, '127.0.0.1', () => {
		const { port } = server.address() as AddressInfo // a TCP server has one once it listens
		process.stdout.write(`${port}\n`)
	})
}
