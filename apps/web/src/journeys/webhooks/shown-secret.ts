/** A signing secret that was made a moment ago: it is nowhere else. */
export type ShownSecret = { readonly url: string; readonly secret: string; readonly isReplaced: boolean }
