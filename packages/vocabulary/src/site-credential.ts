import type { Secret } from './secret.ts'

/** What a site takes for a login: WordPress' username and application password, of other platforms the same parts by another name. */
export type SiteCredential = { readonly username: string; readonly password: Secret }
