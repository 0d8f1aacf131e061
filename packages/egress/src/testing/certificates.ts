import { readFileSync } from 'node:fs'

/** What a TLS server is started with: `createServer({ ...certificates.good }, …)`. */
export type ServerCertificate = { readonly key: string; readonly cert: string }

const read = (file: string): string => readFileSync(new URL(`./certificates/${file}.pem`, import.meta.url), 'utf8')

/** The authority behind them: pass it to `createEgress` as `ca`. */
export const testAuthority = read('authority')

/** The names and addresses all of them are made out to, `wrongName` aside. */
export const certifiedNames = [
	'localhost',
	'127.0.0.1',
	'::1',
	'blog.test',
	'www.blog.test',
	'other.test',
	'blog.example',
	'www.blog.example',
	'other.example',
	'xn--mnchen-3ya.example', // münchen.example
] as const

/** One certificate for each way TLS goes right or wrong. `make-certificates.sh` made them. */
export const certificates = {
	good: { key: read('site.key'), cert: read('site') },
	expired: { key: read('expired.key'), cert: read('expired') },
	/** Made out to elsewhere.example. */
	wrongName: { key: read('elsewhere.key'), cert: read('elsewhere') },
	selfSigned: { key: read('self-signed.key'), cert: read('self-signed') },
	/** Sends the root of its own authority along, which nobody trusts. */
	unknownAuthority: { key: read('unknown-authority.key'), cert: read('unknown-authority') },
	/** Leaves the intermediate certificate out, as browsers often forgive. */
	incompleteChain: { key: read('site.key'), cert: read('incomplete-chain') },
} as const satisfies Record<string, ServerCertificate>
