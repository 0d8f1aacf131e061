#!/usr/bin/env node
// @ts-check
// Plain JavaScript for whatever Node (≥ 18) a machine has; the bootstrap brings the right one.
process.argv.splice(2, 0, 'postern')
await import('../../../scripts/bootstrap.mjs')
