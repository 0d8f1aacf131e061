import { createEgress, type Egress, type EgressOptions, parseAllowRules, portsOf } from '@postern/egress'
import { type AskSite, Secret } from '@postern/vocabulary'
import { lookAgain, proveConnection } from '../connectors/prove-connection.ts'
import { findConnectorType } from '../connectors/registry.ts'
import type { LookResult } from '../connectors/connector-type.ts'
import type { ProbeAnswer, ProbeClaim, ProbeRequest, ProbeSettings } from './messages.ts'

/** The pipe to the process that asks. */
type Pipe = {
	readonly send: (answer: ProbeAnswer) => void
	readonly onRequest: (listener: (request: ProbeRequest) => void) => void
}

/** Nobody waits for a check by the clock: fewer handshakes are worth more than a faster answer. */
const connectionsPerSite = 2

type Ready = { readonly egress: Egress; readonly ownOrigins: readonly string[]; readonly extraPorts: readonly number[] }

/** Answers claims with proofs for as long as the pipe is open. Knows sites and the way out, and nothing of Postern's own. */
export function serveProbes(pipe: Pipe, more: Pick<EgressOptions, 'resolve' | 'ca'> = {}): void {
	const underWay = new Map<number, AbortController>()
	let ready: Ready | undefined
	const answer = async (id: number, claim: ProbeClaim) => {
		const cancelling = new AbortController()
		underWay.set(id, cancelling)
		try {
			if (ready === undefined) throw new Error('a claim came before the settings')
			pipe.send({ id, proof: await visit(claim, ready, cancelling.signal) })
		} catch (error) {
			pipe.send({ id, bug: error instanceof Error ? (error.stack ?? error.message) : 'not an error' })
		} finally {
			underWay.delete(id)
		}
	}
	pipe.onRequest((request) => {
		if ('settings' in request) ready = getReady(request.settings, more)
		else if ('cancelled' in request) underWay.get(request.cancelled)?.abort(new Error('nobody waits for it'))
		else void answer(request.id, request.claim)
	})
}

function getReady({ allowPrivate, userAgent, ownOrigins }: ProbeSettings, more: Partial<EgressOptions>): Ready {
	const allow = parseAllowRules(allowPrivate)
	if (!allow.ok) throw new Error('the server was started with other rules than these')
	return {
		egress: createEgress({ connectionsPerSite, ...more, allow: allow.value, userAgent }),
		ownOrigins,
		extraPorts: portsOf(allow.value),
	}
}

async function visit(claim: ProbeClaim, { egress, ...others }: Ready, signal: AbortSignal): Promise<LookResult> {
	const { ask, leave } = egress.visit()
	try {
		return withoutCause(await prove(claim, { ask, ...others }, signal))
	} finally {
		leave()
	}
}

type Way = Omit<Ready, 'egress'> & { readonly ask: AskSite }

function prove(claim: ProbeClaim, { ask, ownOrigins, extraPorts }: Way, signal: AbortSignal): Promise<LookResult> {
	const type = findConnectorType(claim.type)
	if (!type.ok) throw new Error(`A stored connector has the unknown type ${claim.type}`)
	const { address, origin, username, transport, pin, edge, known } = claim
	const reach = {
		transport,
		pin,
		edge: edge && { username: edge.username, password: new Secret(edge.password) },
	}
	const credential = { username, password: new Secret(claim.password) }
	const wanted = { type: type.value, address, origin, reach, credential }
	const ports = { ask, clock: Date.now, ownOrigins, extraPorts, signal }
	return known === undefined ? proveConnection(wanted, ports) : lookAgain(wanted, known, ports)
}

/** A cause is for the log of the process that has it, and may be what no pipe takes. */
function withoutCause(proof: LookResult): LookResult {
	if (proof.ok) return proof
	const { diagnosis, site } = proof
	return site === undefined ? { ok: false, diagnosis } : { ok: false, diagnosis, site }
}
