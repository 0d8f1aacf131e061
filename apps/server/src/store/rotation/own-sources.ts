import type { CredentialSource } from '../connector/connector.ts'

/** By which ways a password comes that was made for us alone; a pasted one is its owner's, who may use it elsewhere. */
export const ownSources = ['approved', 'rotated'] as const satisfies readonly CredentialSource[]

export function isOwnSource(source: CredentialSource): boolean {
	return ownSources.some((own) => own === source)
}
