/** A session ends this long after signing in, and this long after it was used last. */
export const sessionSeconds = { absolute: 7 * 86_400, idle: 86_400 } as const
/** Its last use is noted at most this often. */
export const sessionTouchSeconds = 60
/** A proof of who one is counts this long for what a forgotten session must not do. */
export const freshProofSeconds = 600
