import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The checkout's folder; every path in `scripts/` starts here, wherever the command was typed. */
export const root = fileURLToPath(new URL('../..', import.meta.url))

export const cacheFolder = join(root, '.cache')
