import { describe, expect, it } from 'vitest'
import { passwordShape } from './password-shape.ts'
import inputs from './testing/credential-inputs.json' with { type: 'json' }
import { readUsername } from './username.ts'

// The corpus has labels of its own; this is what each is called here.
const usernameCodes: Record<string, string> = {
	username_format: 'site-credential/username-malformed',
	username_required: 'site-credential/username-required',
	username_too_long: 'site-credential/username-too-long',
}
const passwordKinds: Record<string, string> = {
	app_password_length: 'wrong-length',
	app_password_required: 'empty',
	looks_like_login_password: 'login-password',
	mask_value: 'mask',
}

type Input = (typeof inputs)[number]
const textOf = ({ input, gen }: Input): string =>
	gen === undefined ? (input ?? '') : gen.prefix + gen.repeat.repeat(gen.times) + gen.suffix

describe('username', () => {
	it.each(inputs.filter((one) => one.surface === 'username').map((one) => [one.id, one.label, one] as const))(
		'%s %s',
		(_id, _label, one) => {
			const read = readUsername(textOf(one))
			if (one.expect.outcome === 'accept')
				expect(read).toEqual({ ok: true, value: one.expect.normalized ?? textOf(one) })
			else expect(read).toMatchObject({ ok: false, problem: { code: usernameCodes[one.expect.code ?? ''] } })
		},
	)
})

describe('application password', () => {
	it.each(inputs.filter((one) => one.surface === 'app_password').map((one) => [one.id, one.label, one] as const))(
		'%s %s',
		(_id, _label, one) => {
			const shape = passwordShape(textOf(one))
			if (shape.kind === 'application-password') expect(shape.normalized.reveal()).toBe(one.expect.normalized)
			expect(shape.kind).toBe(
				one.expect.outcome === 'accept' ? 'application-password' : passwordKinds[one.expect.code ?? ''],
			)
		},
	)
})
