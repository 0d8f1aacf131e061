import { sanitizeApplicationName } from '@postern/wordpress'
import { expect, it } from 'vitest'
import { newPasswordName } from './password-name.ts'

const now = new Date('2026-11-22T08:00:00Z')
const name = (workspace: string, origin = 'https://postern.example') => newPasswordName({ workspace, origin, now })

it('the name in WordPress says who asks, where, and when', () => {
	expect(name('Ada’s blogs')).toMatch(/^Postern – Ada’s blogs on postern\.example, 2026-11-22 [a-z2-9]{4}$/)
})

it('is another one each time', () => {
	expect(new Set(Array.from({ length: 100 }, () => name('A'))).size).toBeGreaterThan(95)
})

it.each(['<b>bold</b> & %41 <', 'a\u202Eb\u0000c', '🚀 launch', 'x'.repeat(500), '', '猫'.repeat(200)])(
	'comes back from WordPress as it was sent, whatever the workspace is called: %j',
	(workspace) => {
		const made = name(workspace, 'https://a-very-long-name-of-a-host.that-goes-on-and-on.and-on.example:8443')
		expect(sanitizeApplicationName(made)).toBe(made)
		expect(Array.from(made).length).toBeLessThanOrEqual(100)
		expect(made).toMatch(/ [a-z2-9]{4}$/)
		// Databases of old sites refuse letters beyond the first plane.
		expect(Array.from(made).every((letter) => letter.length === 1)).toBe(true)
	},
)
