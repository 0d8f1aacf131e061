import { createClient, type Answer, type Client } from '@postern/api/client'
import type { Endpoint, InputOf, OutputOf, ProblemDocument } from '@postern/api/contract'
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

function watch<T>(answer: Answer<T>): Answer<T> {
	if (!answer.ok && answer.problem.code === 'account/session-required') onSessionEnded()
	return answer
}

/** The typed client of `/api/v1`. A lost session leads to the sign-in page and back. */
export const client: Client = {
	call: async (endpoint, input, signal) => watch(await plain.call(endpoint, input, signal)),
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
