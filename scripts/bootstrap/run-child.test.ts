import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { expect, it, onTestFinished } from 'vitest'
import { isAlive } from '../testing/is-alive.ts'

const runChild = fileURLToPath(new URL('run-child.mjs', import.meta.url))

it('ends what it runs when npm is stopped, though the shell between them passes no signal on', async () => {
	const program = `console.log(process.pid); setInterval(() => undefined, 1000)`
	const bootstrap = `import(${JSON.stringify(runChild)}).then((run) => run.runChild(process.execPath, ['-e', ${JSON.stringify(program)}]))`
	// The colon keeps the shell: without a second command it would become the program itself.
	const shell = spawn('sh', ['-c', '"$0" -e "$1"; :', process.execPath, bootstrap], {
		env: { ...process.env, npm_lifecycle_event: 'start' },
		stdio: ['ignore', 'pipe', 'inherit'],
	})
	const [printed] = await once(shell.stdout, 'data')
	const processId = Number(String(printed))
	onTestFinished(() => {
		if (isAlive(processId)) process.kill(processId, 'SIGKILL')
	})
	expect(isAlive(processId)).toBe(true)
	shell.kill('SIGTERM')
	await expect.poll(() => isAlive(processId)).toBe(false)
})
