/** Links from a new password lead to this part of a connector's page. */
export const HOW_TO_USE = 'how-to-use'
