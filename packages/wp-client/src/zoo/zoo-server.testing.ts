import type { Server } from 'node:net'
import type { ServerCertificate } from '@postern/egress/testing/certificates'
import { onTestFinished } from 'vitest'
import { type Enclosure, openEnclosure, openServer } from './open-enclosure.testing.ts'
import type { Animal } from './zoo-pages.testing.ts'

export type { Enclosure } from './open-enclosure.testing.ts'
export { type Animal, html, json, type Page, redirect, type Visit } from './zoo-pages.testing.ts'

/** Puts one animal behind a plain and a TLS port of 127.0.0.1, under every host name, until the test ends. */
export async function enclose(animal: Animal, certificate?: ServerCertificate): Promise<Enclosure> {
	const { close, ...enclosure } = await openEnclosure(animal, certificate === undefined ? {} : { certificate })
	onTestFinished(close)
	return enclosure
}

/** Listens on a free port until the test ends. */
export async function listen(server: Server): Promise<number> {
	const { port, close } = await openServer(server)
	onTestFinished(close)
	return port
}
