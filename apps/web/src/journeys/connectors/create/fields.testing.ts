import type { ConnectorTypeDocument } from '@postern/api/contract'

type Field = ConnectorTypeDocument['fields'][number]

const plain = {
	label: { en: '', ja: '' },
	description: { en: '', ja: '' },
	placeholder: '',
	autocomplete: 'off',
	shape: null,
	isUsername: false,
} as const

const address: Field = {
	...plain,
	name: 'address',
	kind: 'address',
	whenEmpty: 'address/required',
	problems: ['address/required'],
}

/** As a WordPress asks for a login. */
export const withUsername: readonly Field[] = [
	address,
	{
		...plain,
		name: 'username',
		kind: 'text',
		shape: 'wordpress-username',
		whenEmpty: 'site-credential/username-required',
		problems: ['site-credential/username-required', 'site-credential/username-malformed'],
		isUsername: true,
	},
	{
		...plain,
		name: 'applicationPassword',
		kind: 'secret',
		shape: 'wordpress-application-password',
		whenEmpty: 'site-credential/password-required',
		problems: ['site-credential/password-required', 'site-credential/mask'],
	},
]

/** One key, and nothing else. */
export const withKey: readonly Field[] = [
	address,
	{
		...plain,
		name: 'key',
		kind: 'secret',
		whenEmpty: 'site-credential/password-required',
		problems: ['site-credential/password-required'],
	},
]
