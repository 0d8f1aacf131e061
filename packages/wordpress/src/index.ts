export { readApiRoot, restUrl, type ApiRoot, type RestQuery } from './api-root.ts'
export { parseSiteAddress, sitePorts, stripKnownTail, type SiteAddress } from './site-address.ts'
