export { type AllowRule, parseAllowRules, portsOf } from './allow-rules.ts'
export { createEgress, type Egress, type EgressOptions } from './create-egress.ts'
export type { Resolve } from './find-addresses.ts'
