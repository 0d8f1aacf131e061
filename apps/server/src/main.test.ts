import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { freePort } from '../../../scripts/testing/free-port.ts'

const main = path.join(import.meta.dirname, 'main.ts')

/** In a process group of its own, so that nothing is left behind when a promise breaks. */
function startUnderShell(environ: Readonly<Record<string, string>>) {
	const dataFolder = mkdtempSync(path.join(tmpdir(), 'postern-main-'))
	// The colon keeps the shell: without a second command it would become the server itself.
	const shell = spawn('sh', ['-c', '"$0" "$1"; :', process.execPath, main], {
		detached: true,
		env: { ...process.env, POSTERN_DATA: dataFolder, POSTERN_LOG_LEVEL: 'info', ...environ },
		stdio: ['ignore', 'pipe', 'pipe'],
	})
	onTestFinished(() => {
		try {
			process.kill(-(shell.pid ?? 0), 'SIGKILL')
		} catch {
			// All of it has ended, as it should.
		}
		rmSync(dataFolder, { recursive: true, force: true })
	})
	return shell
}

test('stops with npm, though the shell between them passes no signal on', async () => {
	const port = await freePort()
	const shell = startUnderShell({ PORT: String(port), npm_lifecycle_event: 'start' })
	let printed = ''
	shell.stdout.on('data', (chunk: Buffer) => (printed += chunk.toString()))
	await expect.poll(() => printed).toContain(`http://localhost:${port}`)
	const health = () =>
		fetch(`http://127.0.0.1:${port}/health`).then(
			(answer) => answer.text(),
			() => 'gone',
		)
	expect(await health()).toContain('ok')
	shell.kill('SIGTERM')
	await expect.poll(health).toBe('gone')
})

test('names a wrong setting', async () => {
	const shell = startUnderShell({ PORT: 'eighty' })
	const [said] = await once(shell.stderr, 'data')
	expect(String(said)).toMatch(/^start\/configuration: .*PORT/s)
})
