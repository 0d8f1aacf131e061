import { createHash } from 'node:crypto'
import { freePort } from '../../scripts/testing/free-port.ts'
import { type Nginx, startNginx } from './nginx.ts'

export type GuardedNginx = Nginx & { readonly port: number }

/** nginx as people put it in front of a site: `auth_basic` on a file of so many users, and `proxy_pass`. Ours is the last. */
export async function startGuardedNginx(
	sitePort: number,
	users: number,
	[username, password]: readonly [string, string],
): Promise<GuardedNginx> {
	const port = await freePort()
	const line = (name: string, secret: string) => `${name}:{SHA}${createHash('sha1').update(secret).digest('base64')}`
	const others = Array.from({ length: users - 1 }, (_, at) => line(`somebody-${at}`, `secret ${at}`))
	const nginx = await startNginx(
		`upstream site { server 127.0.0.1:${sitePort}; keepalive 64; keepalive_requests 100000000; }
		server {
			listen 127.0.0.1:${port};
			location / {
				auth_basic "site";
				auth_basic_user_file FOLDER/users;
				proxy_pass http://site;
				proxy_http_version 1.1;
				proxy_set_header Connection "";
				proxy_set_header Authorization "Basic YmVuY2g6c2VjcmV0";
			}
		}`,
		{ users: `${[...others, line(username, password)].join('\n')}\n` },
	)
	return { ...nginx, port }
}
