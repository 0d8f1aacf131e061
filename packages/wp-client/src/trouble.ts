import type { Certainty, Problem, ProblemCode, ProblemParams, SiteCertificate } from '@postern/vocabulary'

/** A diagnosis in the making: what is wrong, before the rung and the evidence are known. */
export type Trouble = {
	readonly code: ProblemCode
	readonly params: ProblemParams
	readonly certainty: Certainty
	readonly alternatives: readonly ProblemCode[]
	readonly certificate?: SiteCertificate
	readonly takesXmlRpcLogins?: boolean
}

export function trouble(code: ProblemCode, params: ProblemParams = {}): Trouble {
	return { code, params, certainty: 'sure', alternatives: [] }
}

export function likely(code: ProblemCode, params: ProblemParams, ...alternatives: ProblemCode[]): Trouble {
	return { code, params, certainty: 'likely', alternatives }
}

export function troubleOf({ code, params, certificate }: Problem): Trouble {
	return { ...trouble(code, params), ...(certificate === undefined ? {} : { certificate }) }
}
