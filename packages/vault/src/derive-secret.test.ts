import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test } from 'vitest'
import { deriveSecret } from './derive-secret.ts'
import { openKeySource } from './key-source.ts'

function newKey() {
	const key = openKeySource({ path: path.join(mkdtempSync(path.join(tmpdir(), 'postern-')), 'key'), create: true })
	if (!key.ok) throw new Error(key.problem.code)
	return key.value
}

test('gives the same secret for the same key and purpose, and another for anything else', () => {
	const [key, other] = [newKey(), newKey()]
	const secret = deriveSecret(key, 'accounts').reveal()
	expect(secret).toMatch(/^[A-Za-z0-9_-]{43}$/)
	expect(deriveSecret(key, 'accounts').reveal()).toBe(secret)
	expect(deriveSecret(key, 'cookies').reveal()).not.toBe(secret)
	expect(deriveSecret(other, 'accounts').reveal()).not.toBe(secret)
})
