import type { HeldRotation } from '../../store/rotation/rotation.ts'
import { createPassword } from './create-password.ts'
import { dropOldPasswords } from './drop-old-passwords.ts'
import { leaveSite } from './leave-site.ts'
import { leaseMs, type RotationPorts, type Stepped } from './rotation-ports.ts'
import { switchPassword } from './switch-password.ts'

export type Ran = Exclude<Stepped, { kind: 'next' }>

/**
 * Goes on with a rotation from wherever it stands, step by step; each is committed before the next begins. What cannot be done now
 * is left for later, to anybody.
 */
export async function runRotation(
	begun: HeldRotation,
	{ isFresh = false, until }: { readonly isFresh?: boolean; readonly until?: 'switched' },
	ports: RotationPorts,
): Promise<Ran | Stepped> {
	let held = begun
	let fresh = isFresh
	for (;;) {
		const stepped = await step(held, fresh, ports)
		if (stepped.kind === 'later') await ports.store.rotations.postpone(held, stepped)
		if (stepped.kind !== 'next') return stepped
		held = stepped.held
		fresh = false
		if (held.phase === until) return stepped
	}
}

async function step(held: HeldRotation, isFresh: boolean, ports: RotationPorts): Promise<Stepped> {
	const connector = await ports.store.rotations.findConnector(held.connectorId)
	const isOurs = connector !== undefined && (await ports.store.rotations.renew(held, { leaseMs }))
	if (!isOurs) return { kind: 'lost' }
	const rotating = { held, connector, isFresh }
	if (held.phase === 'named') return createPassword(rotating, ports)
	if (held.phase === 'created') return switchPassword(rotating, ports)
	return held.phase === 'switched' ? dropOldPasswords(rotating, ports) : leaveSite(rotating, ports)
}
