import type { Egress, EgressOptions } from '@postern/egress'
import type { Terminal } from './terminal.ts'

/** What a command finds around it. */
export type Surroundings = {
	readonly environment: Readonly<Record<string, string | undefined>>
	readonly terminal: Terminal
	/** Makes the way out. */
	readonly openEgress: (options: Pick<EgressOptions, 'allow' | 'userAgent'>) => Egress
}
