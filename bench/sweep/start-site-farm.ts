import { spawn, execFileSync } from 'node:child_process'
import { once } from 'node:events'
import { request } from 'node:http'
import { request as requestTls } from 'node:https'
import path from 'node:path'
import { writeFileSync } from 'node:fs'
import { freePort } from '../../scripts/testing/free-port.ts'

export type SiteFarm = {
	readonly port: number
	readonly pid: number
	/** Everything it was asked so far. */
	requests(): Promise<number>
	stop(): void
}

/** All under one domain that needs no resolver (RFC 6761 §6.3), and with enough labels for a wildcard. */
export const domain = 'sweep.localhost'

/** Starts the sites; with TLS when there is a folder for their certificate. */
export async function startSiteFarm(certificateFolder?: string): Promise<SiteFarm> {
	const port = await freePort()
	const files =
		certificateFolder === undefined ? [] : ['site.pem', 'site.key'].map((name) => path.join(certificateFolder, name))
	const child = spawn(process.execPath, [path.join(import.meta.dirname, 'site-farm.ts'), String(port), ...files], {
		stdio: ['ignore', 'pipe', 'inherit'],
	})
	await once(child.stdout, 'data')
	const ask = certificateFolder === undefined ? request : requestTls
	return {
		port,
		pid: child.pid ?? 0,
		requests: () =>
			new Promise((resolve, reject) => {
				const asking = ask({ host: '127.0.0.1', port, path: '/count', rejectUnauthorized: false }, (response) => {
					let text = ''
					response.on('data', (chunk: Buffer) => (text += chunk.toString()))
					response.on('end', () => resolve(Number(text)))
				})
				asking.on('error', reject).end()
			}),
		stop: () => void child.kill(),
	}
}

/** An authority, and a certificate of it for every site; ECDSA, as most sites have today. */
export function makeCertificates(folder: string): string {
	const openssl = (...args: string[]) => execFileSync('openssl', args, { cwd: folder, stdio: 'pipe' })
	const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes']
	const root = ['-x509', '-days', '30', '-subj', '/CN=Bench', '-addext', 'keyUsage=critical,keyCertSign']
	openssl('req', ...curve, ...root, '-keyout', 'root.key', '-out', 'root.pem')
	openssl('req', ...curve, '-subj', `/CN=*.${domain}`, '-keyout', 'site.key', '-out', 'site.csr')
	writeFileSync(path.join(folder, 'names'), `subjectAltName=DNS:*.${domain}\nextendedKeyUsage=serverAuth\n`)
	const signed = ['-CA', 'root.pem', '-CAkey', 'root.key', '-days', '30', '-extfile', 'names', '-out', 'site.pem']
	openssl('x509', '-req', '-in', 'site.csr', ...signed)
	return path.join(folder, 'root.pem')
}
