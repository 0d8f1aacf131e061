import { createClient, type Answer, type Client } from '@postern/api/client'
import { contract, type Endpoint, type InputOf, type OutputOf, type ProblemDocument } from '@postern/api/contract'
import { currentLanguage } from '../texts/language.ts'

/** Carries a problem through TanStack Query, which knows failures only as thrown errors. */
export class ProblemError extends Error {
	readonly problem: ProblemDocument

	constructor(problem: ProblemDocument) {
		super(problem.code)
		this.name = 'ProblemError'
		this.problem = problem
	}
}

declare module '@tanstack/react-query' {
	interface Register {
		defaultError: ProblemError
	}
}

const plain = createClient({ language: currentLanguage })
let onSessionEnded: () => void = () => {}

/** Tells what to do when the server no longer knows our session. */
export function whenSessionEnds(action: () => void): void {
	onSessionEnded = action
}

/** They give the session a new id; what went out with the old one at the same moment is asked again. */
const renewing: ReadonlySet<Endpoint> = new Set<Endpoint>([
	contract.stepUp,
	contract.stepUpWithPasskey,
	contract.addPasskey,
	contract.removePasskey,
	contract.changePassword,
	contract.confirmTwoFactor,
	contract.stopTwoFactor,
])
let renewals = 0
let renewal: Promise<unknown> | undefined

async function callWatched<E extends Endpoint>(
	endpoint: E,
	input: InputOf<E>,
	signal?: AbortSignal,
): Promise<Answer<OutputOf<E>>> {
	const before = renewals
	const calling = plain.call(endpoint, input, signal)
	if (renewing.has(endpoint)) renewal = calling.then(({ ok }) => ok && (renewals += 1))
	const answer = await calling
	if (answer.ok || answer.problem.code !== 'account/session-required') return answer
	await renewal
	return watch(renewals === before ? answer : await plain.call(endpoint, input, signal))
}

function watch<T>(answer: Answer<T>): Answer<T> {
	if (!answer.ok && answer.problem.code === 'account/session-required') onSessionEnded()
	return answer
}

/** The typed client of `/api/v1`. A lost session leads to the sign-in page and back. */
export const client: Client = {
	call: callWatched,
	stream: async (endpoint, input, onEvent, signal) => watch(await plain.stream(endpoint, input, onEvent, signal)),
}

/** Calls an endpoint for TanStack Query: gives the output, or throws a `ProblemError`. */
export async function askApi<E extends Endpoint>(
	endpoint: E,
	input: InputOf<E>,
	signal?: AbortSignal,
): Promise<OutputOf<E>> {
	const answer = await client.call(endpoint, input, signal)
	if (!answer.ok) throw new ProblemError(answer.problem)
	return answer.value
}
