import { buildWeb } from '../steps/web-build.ts'

/** Builds the web app; the server needs no build. */
export async function run(): Promise<number> {
	buildWeb()
	return 0
}
