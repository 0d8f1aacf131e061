import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import type { OpenSite, ZooSite } from '@postern/wp-client/testing/zoo-sites'
import { root } from '../steps/root.ts'

/** What the doctor said, and what it would have shown on a terminal. */
export type Opinion = {
	readonly code: string
	readonly certainty: string
	readonly requests: number
	readonly ownMs: number
	readonly exitStatus: number
	/** Everything it wrote. */
	readonly output: string
}

const authority = join(root, 'packages/egress/src/testing/certificates/authority.pem')
const names = fileURLToPath(new URL('zoo-names.ts', import.meta.url))

/** Runs `postern doctor` on a site of the zoo, as a program of its own. */
export async function askDoctor(site: ZooSite, { address, enclosure, ...typed }: OpenSite): Promise<Opinion> {
	const { httpPort, httpsPort } = enclosure
	const ports = [...new Set([httpPort, httpsPort])]
	const allowed = ports.flatMap((port) => [`127.0.0.1:${port}`, `[::1]:${port}`])
	const args = ['doctor', address, '--json', '--user', typed.username, '--allow-private', allowed.join(',')]
	if (site.timeoutMs !== undefined) args.push('--timeout', String(site.timeoutMs / 1_000))
	if (site.edge !== undefined) args.push('--edge-user', site.edge.username)
	if (site.transport !== undefined) args.push('--transport', site.transport)
	if (site.triesDraft === true) args.push('--try-draft')
	const child = spawn(process.execPath, ['--import', names, join(root, 'apps/cli/src/main.ts'), ...args], {
		cwd: root,
		stdio: ['ignore', 'pipe', 'pipe'],
		env: {
			PATH: process.env['PATH'],
			NODE_EXTRA_CA_CERTS: authority,
			POSTERN_SITE_PASSWORD: typed.password,
			POSTERN_EDGE_PASSWORD: site.edge?.password,
		},
	})
	const exited = new Promise<number>((resolve, reject) => {
		child.once('error', reject).once('close', (status) => resolve(status ?? -1))
	})
	const [out, complaint, exitStatus] = await Promise.all([text(child.stdout), text(child.stderr), exited])
	return { ...readReport(out), exitStatus, output: out + complaint }
}

function readReport(out: string): Pick<Opinion, 'code' | 'certainty' | 'requests' | 'ownMs'> {
	const nothing = { code: '(no report)', certainty: '', requests: 0, ownMs: 0 }
	if (!out.startsWith('{')) return nothing
	return { ...nothing, ...JSON.parse(out) }
}
