import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'

/** What Debian's packages bring. */
export type Programs = {
	readonly apache: string | undefined
	readonly nginx: string | undefined
	readonly fpm: string | undefined
	readonly cgi: string | undefined
	/** PHP inside Apache. */
	readonly modPhp: string | undefined
}

const folders = ['/usr/sbin', '/usr/bin', '/usr/local/sbin', '/usr/local/bin']
export const apacheModules = '/usr/lib/apache2/modules'

export function findPrograms(): Programs {
	return {
		apache: find(folders, /^apache2$/),
		nginx: find(folders, /^nginx$/),
		fpm: find(folders, /^php-fpm[\d.]*$/),
		cgi: find(folders, /^php-cgi[\d.]*$/),
		modPhp: find([apacheModules], /^libphp[\d.]*\.so$/),
	}
}

function find(places: readonly string[], name: RegExp): string | undefined {
	return places
		.filter((folder) => existsSync(folder))
		.flatMap((folder) =>
			readdirSync(folder)
				.filter((file) => name.test(file))
				.map((file) => join(folder, file)),
		)
		.sort()[0]
}
