import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'

export type Nginx = { readonly pid: number; stop(): Promise<void> }

const binary = ['/usr/sbin/nginx', '/usr/local/sbin/nginx', '/opt/homebrew/bin/nginx'].find((file) => existsSync(file))

/** Starts nginx with one worker on these servers (the inside of `http { … }`); `files` are written beside its configuration. */
export async function startNginx(servers: string, files: Readonly<Record<string, string>> = {}): Promise<Nginx> {
	if (binary === undefined) throw new Error('nginx is needed to compare with: apt-get install nginx-light')
	const folder = await mkdtemp(path.join(tmpdir(), 'postern-nginx-'))
	await mkdir(path.join(folder, 'temporary'))
	for (const [name, text] of Object.entries(files)) await writeFile(path.join(folder, name), text)
	await writeFile(path.join(folder, 'nginx.conf'), configuration(folder, servers))
	const child = spawn(
		binary,
		['-p', folder, '-e', path.join(folder, 'error.log'), '-c', path.join(folder, 'nginx.conf')],
		{
			stdio: ['ignore', 'inherit', 'inherit'],
		},
	)
	const exited = once(child, 'exit')
	for (let waited = 0; !existsSync(path.join(folder, 'nginx.pid')); waited += 20) {
		if (child.exitCode !== null || waited > 5_000) throw new Error(`nginx did not start; see ${folder}/error.log`)
		await delay(20)
	}
	return {
		pid: child.pid ?? 0,
		async stop() {
			child.kill('SIGQUIT')
			const isGone = await Promise.race([exited.then(() => true), delay(2_000, false, { ref: false })])
			if (!isGone) child.kill('SIGTERM')
			await exited
			await rm(folder, { recursive: true, force: true })
		},
	}
}

const kinds = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']

function configuration(folder: string, servers: string): string {
	return `
		${process.getuid?.() === 0 ? 'user root;' : ''} # otherwise the worker is nobody and may not read our folder
		daemon off;
		worker_processes 1;
		pid ${folder}/nginx.pid;
		events { worker_connections 4096; }
		http {
			access_log off;
			sendfile on;
			keepalive_requests 100000000;
			keepalive_timeout 300s;
			open_file_cache max=100;
			${kinds.map((kind) => `${kind}_temp_path ${folder}/temporary/${kind};`).join('\n\t\t\t')}
			${servers.replaceAll('FOLDER', folder)}
		}
	`
}
