import { becomeServer } from '../steps/become-server.ts'
import { ensureWebBuilt } from '../steps/web-build.ts'

export async function run(args: readonly string[]): Promise<number> {
	ensureWebBuilt()
	return becomeServer('apps/server/src/main.ts', args)
}
