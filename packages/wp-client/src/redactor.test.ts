import { Secret } from '@postern/vocabulary'
import { expect, it } from 'vitest'
import { createRedactor } from './redactor.ts'

const PASSWORD = 'H5wW1NntpxwXFbGRPkA30sfq'
const redact = createRedactor('yuki', new Secret(PASSWORD))

it.each([
	PASSWORD,
	PASSWORD.toLowerCase(),
	'H5wW 1Nnt pxwX FbGR PkA3 0sfq',
	'H5wW%201Nnt%20pxwX%20FbGR%20PkA3%200sfq',
	'H5wW+1Nnt+pxwX+FbGR+PkA3+0sfq',
	btoa(`yuki:${PASSWORD}`),
	btoa(`yuki:${PASSWORD}`).replace(/=+$/, ''),
	btoa(PASSWORD),
	btoa('yuki:H5wW 1Nnt pxwX FbGR PkA3 0sfq'),
])('takes %s out of a text', (form) => {
	expect(redact(`Wrong: <${form}>!`)).toMatch(/^Wrong: <\[secret\]=*>!$/)
})

it('leaves everything else as it is', () => {
	expect(redact('yuki said H5wW')).toBe('yuki said H5wW')
})
