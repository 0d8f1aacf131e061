/** Which field a problem with a passkey's name belongs to. */
export const passkeyNameFields = { 'account/passkey-name-malformed': 'name' } as const
