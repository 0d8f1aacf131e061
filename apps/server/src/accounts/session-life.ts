/** A session ends this long after signing in, and this long after it was used last. */
export const sessionSeconds = { absolute: 7 * 86_400, idle: 86_400 } as const
/** Its last use is noted at most this often. */
export const sessionTouchSeconds = 60
