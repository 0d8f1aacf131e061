import { becomeServer } from '../steps/become-server.ts'

/** What needs no installation: a program of its own. The rest operates the installation of this machine. */
const withoutServer = ['doctor']

/** `npx postern doctor <address>`, `npx postern account recover <username>` … */
export async function run(args: readonly string[]): Promise<number> {
	const program = withoutServer.includes(args[0] ?? '') ? 'apps/cli/src/main.ts' : 'apps/server/src/main.ts'
	return becomeServer(program, args.length > 0 ? args : ['help'])
}
