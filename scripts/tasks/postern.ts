import { becomeServer } from '../steps/become-server.ts'

/** Operates an installation from its own machine: `npm run postern -- account recover <username>`. */
export async function run(args: readonly string[]): Promise<number> {
	return becomeServer('apps/server/src/main.ts', args.length > 0 ? args : ['help'])
}
