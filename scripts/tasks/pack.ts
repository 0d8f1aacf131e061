import { resolve } from 'node:path'
import { root } from '../steps/root.ts'
import { packPackages } from '../steps/pack-packages.ts'

/** Packs what others may install into tarballs, in the folder that was named or in `.cache/packed`. */
export async function run([folder = `${root}/.cache/packed`]: readonly string[]): Promise<number> {
	for (const tarball of packPackages(resolve(folder))) process.stdout.write(`${tarball}\n`)
	return 0
}
