import { config } from 'zod/mini'

// Must run before any schema is made: the content security policy forbids generated code, and each try would be reported.
config({ jitless: true })
