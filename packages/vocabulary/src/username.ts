/** A username of an account, without the spaces around it: 3 to 60 letters, digits, dots, underscores and hyphens. */
export const usernameShape = /^[a-zA-Z0-9._-]{3,60}$/
