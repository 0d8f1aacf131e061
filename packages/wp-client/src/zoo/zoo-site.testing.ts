import type { Server } from 'node:net'
import type { ServerCertificate } from '@postern/egress/testing/certificates'
import type { Certainty, NoteCode } from '@postern/vocabulary'
import { type Enclosure, openEnclosure, openServer } from './open-enclosure.testing.ts'
import type { specLabels } from './spec-labels.testing.ts'
import type { Animal } from './zoo-pages.testing.ts'
import { GROUPED, USERNAME, wordpress, type Wordpress, type WordpressTraits } from './zoo-wordpress.testing.ts'

export type SpecLabel = keyof typeof specLabels

export type Ports = { readonly http: number; readonly https: number }

/** One row of the zoo, as data: what it does, what is typed, and what has to be said of it. */
export type ZooSite = {
	/** In the specification. */
	readonly row: string
	readonly behaviour: string
	readonly expected: SpecLabel
	/** Of a failure; "sure" unless told. */
	readonly certainty?: Certainty
	/** Of a success: exactly these. */
	readonly notes?: readonly NoteCode[]
	/** `https://blog.example` on the port of the site, unless told. */
	readonly address?: (ports: Ports) => string
	readonly username?: string
	readonly password?: string
	/** The staging login in front of the site. */
	readonly edge?: { readonly username: string; readonly password: string }
	readonly transport?: 'xml-rpc'
	readonly timeoutMs?: number
	/** Ends with trying a draft. */
	readonly triesDraft?: boolean
	/** What happens to the site between two looks at it, and what has to be said then. */
	readonly afterwards?: {
		readonly change: (site: Wordpress) => void
		readonly expected: SpecLabel
		readonly certainty?: Certainty
	}
	/** Who lives there. The stock WordPress unless told. */
	readonly traits?: WordpressTraits
	readonly around?: (next: Animal, ports: () => Ports, lives: Wordpress) => Animal
	readonly certificate?: ServerCertificate
	readonly listenOn?: '::1'
	/** A server that does not speak as one should. */
	readonly raw?: () => Server
	/** Nobody listens at its address. */
	readonly isGone?: boolean
}

export type OpenSite = {
	readonly address: string
	readonly enclosure: Enclosure
	readonly wordpress: Wordpress
	readonly username: string
	readonly password: string
	readonly close: () => Promise<void>
}

/** Every host name leads to the zoo, but for these: "" is unknown. */
export const zooNames: Readonly<Record<string, string>> = {
	'nowhere.example': '',
	'intern.blog.example': '10.1.2.3',
}

/** Opens a site of the zoo on free ports of this machine. */
export async function openSite(site: ZooSite): Promise<OpenSite> {
	const lives = wordpress(site.traits)
	let ports: Ports = { http: 0, https: 0 }
	const animal = site.around?.(lives.animal, () => ports, lives) ?? lives.animal
	const { close, ...enclosure } = await openGround(site, animal)
	ports = { http: enclosure.httpPort, https: enclosure.httpsPort }
	if (site.isGone === true) await close()
	return {
		address: site.address?.(ports) ?? `https://blog.example:${ports.https}`,
		enclosure,
		wordpress: lives,
		username: site.username ?? USERNAME,
		password: site.password ?? GROUPED,
		close: site.isGone === true ? () => Promise.resolve() : close,
	}
}

async function openGround({ raw, certificate, listenOn }: ZooSite, animal: Animal) {
	if (raw === undefined)
		return openEnclosure(animal, {
			...(certificate === undefined ? {} : { certificate }),
			...(listenOn === undefined ? {} : { listenOn }),
		})
	const { port, close } = await openServer(raw())
	return { visits: [], httpPort: port, httpsPort: port, close }
}
