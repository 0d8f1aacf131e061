/** What the answer of a passkey is for; it is good for nothing else. */
export type ChallengePurpose = 'add' | 'sign-in' | 'second-step' | 'step-up'
