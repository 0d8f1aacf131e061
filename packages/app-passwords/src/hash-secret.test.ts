import { createHash } from 'node:crypto'
import { expect, it } from 'vitest'
import { canBeLookedUp, hashAsWordPress, hashSecret } from './hash-secret.ts'

it.each([
	['abcdEFGH1234ijklMNOP6789', '$generic$DJQSTFb1k471At02OwiVbyfZ-O-0_c1pPo2BcKU5'],
	['JKM0P12eEoGusZVB0r42AlRm', '$generic$E8RrhaLWdAe-jQ9USlPy4u9zupBy6ll5uddenTXm'],
	['', '$generic$XJQGK2eUryTa4vHbU0bDv1Ml3wGPwaC1ATczq0o_'],
])('#14 hashes %j as WordPress does, byte for byte', (secret, expected) => {
	expect(hashAsWordPress(secret)).toBe(expected)
	expect(expected).toHaveLength(49)
})

it('#13 hashes by SHA-256 with a version and a domain of its own (WordPress: $generic$)', () => {
	const digest = createHash('sha256').update('postern application password v1\0abc').digest('base64url')
	expect(hashSecret('abc')).toBe(`sha256v1:${digest}`)
})

it('looks up what is hashed without salt, and nothing else', () => {
	expect([hashSecret('abc'), hashAsWordPress('abc')].map(canBeLookedUp)).toEqual([true, true])
	const others = ['$P$BEDqwhgh4vddAQ918EwLUHTQJsbdeX.', '93032ec8e1c85a8056cb8fd135717e8f', '$wp$2y$10$x', '']
	expect(others.map(canBeLookedUp)).toEqual([false, false, false, false])
})
