import { fail, ok, type Result } from '@postern/vocabulary'
import { actorOf, type Acting } from '../../store/audit.ts'
import type { Connector } from '../../store/connector/connector.ts'
import { isOwnSource } from '../../store/rotation/own-sources.ts'
import type { HeldRotation } from '../../store/rotation/rotation.ts'
import type { StoreFunctions } from '../../store/store.ts'
import { noteRefusal } from '../note-login.ts'
import { newPasswordName } from './password-name.ts'
import { leaseMs, type RotationPorts } from './rotation-ports.ts'
import { runRotation } from './run-rotation.ts'
import { passwordsOf } from './visit-passwords.ts'

type Request = {
	readonly workspaceId: string
	readonly connectorId: string
	readonly actor: Acting
}

/**
 * *Rotate now*: the connector has a new password when this is over; the old one is removed from the site a little later, by
 * `goOn`. Fails with `request/not-found`, `connector/paused`, `rotation/…`, `connector/rotating`, and with what is wrong at the
 * site: then the password is as it was.
 */
export async function rotateConnector(
	{ workspaceId, connectorId, actor }: Request,
	ports: RotationPorts & { readonly goOn: (held: HeldRotation) => void },
): Promise<Result<Connector>> {
	const connector = await ports.store.connectors.find(workspaceId, connectorId)
	if (connector === undefined) return fail('request/not-found')
	if (connector.isPaused) return fail('connector/paused')
	const known = connector.diagnosis
	if (known?.code.startsWith('site-credential/')) return fail(known.code, { params: known.params })
	const held = await beginRotation({ connector, askedBy: actorOf(actor) }, ports.store, ports)
	if (!held.ok) return held
	const ran = await runRotation(held.value, { isFresh: true, until: 'switched' }, ports)
	if (ran.kind === 'next') ports.goOn(ran.held)
	if (ran.kind === 'later' && ran.problem !== undefined) return { ok: false, problem: ran.problem }
	if (ran.kind === 'over' && ran.code !== undefined) {
		const refused = fail(ran.code, { params: { host: connector.site.host, username: connector.account.username } })
		return noteRefusal(refused, connector, ports.store)
	}
	const rotated = await ports.store.connectors.find(workspaceId, connectorId)
	return rotated === undefined ? fail('request/not-found') : ok(rotated)
}

/** Commits under which name a password is about to be made. Fails with `rotation/not-possible`, `connector/rotating`. */
export async function beginRotation(
	{
		connector,
		askedBy,
		oldUuids = [],
	}: {
		readonly connector: Connector
		readonly askedBy: HeldRotation['askedBy']
		/** Besides the one that the connector lives on. */
		readonly oldUuids?: readonly string[]
	},
	store: Pick<StoreFunctions, 'rotations' | 'workspaces'>,
	{ origin, now }: Pick<RotationPorts, 'origin' | 'now'>,
): Promise<Result<HeldRotation>> {
	const { uuid } = connector.applicationPassword
	const { host } = connector.site
	if (uuid === null || passwordsOf(connector) === undefined) return fail('rotation/not-possible', { params: { host } })
	const { id: connectorId, workspaceId, sealVersion } = connector
	const workspace = await store.workspaces.find(workspaceId)
	const newName = newPasswordName({ workspace: workspace?.name ?? '', origin, now: now() })
	// One that was pasted here may be what another connector lives on, without knowing.
	const isKept = !isOwnSource(connector.credentialFrom) && (await store.rotations.mayBeShared(connector))
	const old = isKept ? oldUuids : [uuid, ...oldUuids]
	const held = await store.rotations.begin(
		{ connectorId, workspaceId, phase: 'named', sealVersion, newName, oldUuids: old, askedBy },
		{ leaseMs },
	)
	return held === undefined ? fail('connector/rotating', { params: { seconds: 60 } }) : ok(held)
}
