import { PassThrough } from 'node:stream'
import { text } from 'node:stream/consumers'
import { expect, it } from 'vitest'
import { terminalOf } from './terminal.ts'

function openTerminal() {
	const [stdin, stdout, stderr] = [new PassThrough(), new PassThrough(), new PassThrough()]
	return { stdin, stdout, stderr, terminal: terminalOf({ stdin, stdout, stderr }) }
}

it('takes one line of standard input for each secret, and does not wait for its end', async () => {
	const { stdin, terminal } = openTerminal()
	stdin.write('first secret\r\nsecond ')
	expect((await terminal.askSecret('one?'))?.reveal()).toBe('first secret')
	stdin.end('secret')
	expect((await terminal.askSecret('two?'))?.reveal()).toBe('second secret')
	expect(await terminal.askSecret('three?')).toBeUndefined()
})

it('reads no line for ever', async () => {
	const { stdin, terminal } = openTerminal()
	stdin.write('x'.repeat(10_000))
	expect(await terminal.askSecret('one?')).toBeUndefined()
})

it('keeps the report and complaints apart', async () => {
	const { stdout, stderr, terminal } = openTerminal()
	terminal.say('report')
	terminal.complain('complaint')
	stdout.end()
	stderr.end()
	expect([await text(stdout), await text(stderr)]).toEqual(['report\n', 'complaint\n'])
})
