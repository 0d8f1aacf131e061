/** By what whoever holds a session proved who they are; the last two are a second factor. */
export const proofKinds = ['password', 'second-factor', 'passkey'] as const
export type ProofKind = (typeof proofKinds)[number]
