import { chunkPassword, stripToAlphanumerics } from '@postern/wordpress'
import { expect, it } from 'vitest'
import { generateSecret } from './generate-secret.ts'

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'
/** The 0.999 quantile of chi-square with 61 degrees of freedom: a fair source passes it once in a thousand runs. */
const critical = 100.89

const sample = () => Array.from({ length: 10_000 }, () => generateSecret().reveal())

function chiSquareOf(texts: readonly string[]): number {
	const counts = new Map([...alphabet].map((character) => [character, 0]))
	for (const character of texts.join('')) counts.set(character, (counts.get(character) ?? 0) + 1)
	const expected = texts.join('').length / alphabet.length
	return [...counts.values()].reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0)
}

it('#18 makes 24 letters and digits, each as likely as the others: chi-square over 10,000 samples', () => {
	const samples = sample()
	for (const secret of samples) expect(secret).toMatch(/^[A-Za-z0-9]{24}$/)
	expect(new Set(samples.join('')).size).toBe(62)
	// A second draw: one in a million fair runs fails both.
	expect(Math.min(chiSquareOf(samples), chiSquareOf(sample()))).toBeLessThan(critical)
})

it('would be caught drawing by remainder, which favours the first letters', () => {
	const biased = Array.from({ length: 10_000 }, () =>
		Array.from(crypto.getRandomValues(new Uint8Array(24)), (byte) => alphabet.charAt(byte % 62)).join(''),
	)
	expect(chiSquareOf(biased)).toBeGreaterThan(critical)
})

it('never makes the same twice, and favours no place of it', () => {
	const samples = sample()
	expect(new Set(samples).size).toBe(samples.length)
	for (const place of [0, 11, 23]) {
		const column = [samples, sample()].map((texts) => chiSquareOf(texts.map((text) => text.charAt(place))))
		expect(Math.min(...column)).toBeLessThan(critical)
	}
})

it('reads back what it shows in groups of four', () => {
	for (let round = 0; round < 1_000; round += 1) {
		const secret = generateSecret().reveal()
		const shown = chunkPassword(secret)
		expect(shown).toMatch(/^([A-Za-z0-9]{4} ){5}[A-Za-z0-9]{4}$/)
		expect(stripToAlphanumerics(shown)).toBe(secret)
	}
})
