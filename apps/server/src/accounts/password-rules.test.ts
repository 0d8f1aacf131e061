import { Secret } from '@postern/vocabulary'
import { describe, expect, it } from 'vitest'
import { judgePassword } from './password-rules.ts'

function judge(password: string, related: readonly string[] = []): string {
	const judged = judgePassword(new Secret(password), related)
	return judged.ok ? 'good' : judged.problem.code
}

describe('judgePassword', () => {
	it.each([
		'correct horse battery staple',
		'fuzzy teapot orbits quietly',
		'abcdefghijklmno\0p',
		'🔐'.repeat(40),
		'パスワードはこれではありませんよね',
		'xK9#mQ2$vL7!pR4',
		'839201746529384',
		'a'.repeat(3) + 'zkwvbxqjhfpgt',
		'é'.repeat(15),
	])('takes %j', (password) => {
		expect(judge(password)).toBe('good')
	})

	it.each([
		'password123456789',
		'Password1234567!',
		'passwordpassword',
		'p4ssw0rdp4ssw0rd',
		'qwertyuiopasdfgh',
		'1qaz2wsx3edc4rfv',
		'aaaaaaaaaaaaaaaa',
		'abcabcabcabcabcabc',
		'123123123123123123',
		'12345678901234567890',
		'iloveyou20262026!',
		'   password   2026',
		'letmein letmein letmein',
		'Monkey-Dragon-1999',
		'!!!!!!admin!!!!!!',
	])('refuses %j as common', (password) => {
		expect(judge(password)).toBe('account/password-common')
	})

	it('refuses the names that everybody knows', () => {
		const related = ['Annabel.Lee', 'annabel@kingdom-sea.example', 'Tomb by the Sea', 'Postern']
		expect(judge('annabellee123456', related)).toBe('account/password-common')
		expect(judge('TombByTheSea2026', related)).toBe('account/password-common')
		expect(judge('postern-postern-1', related)).toBe('account/password-common')
		expect(judge('kingdom sea 12345', related)).toBe('account/password-common')
		expect(judge('annabellee and a sepulchre', related)).toBe('good')
	})

	it('counts characters for the shortest and bytes for the longest, after composing', () => {
		expect(judge('Abcd123!')).toBe('account/password-too-short')
		expect(judge('xK9#mQ2$vL7!pR')).toBe('account/password-too-short')
		// 14 characters in 28 UTF-16 units.
		expect(judge('🔐'.repeat(14))).toBe('account/password-too-short')
		// e and a combining accent are one character.
		expect(judge('e\u0301'.repeat(14))).toBe('account/password-too-short')
		expect(judge('あ'.repeat(341))).toBe('good')
		expect(judge('あ'.repeat(342))).toBe('account/password-too-long')
		expect(judge('a'.repeat(1024 * 1024))).toBe('account/password-too-long')
	})

	it('judges the longest password at once', () => {
		const startedAt = process.cpuUsage()
		for (const part of ['ab1', 'password', 'qwerty!', 'x y ']) judge(part.repeat(200).slice(0, 1024))
		expect(process.cpuUsage(startedAt).user / 1_000).toBeLessThan(1_000)
	})
})
