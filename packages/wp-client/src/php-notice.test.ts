import { expect, it } from 'vitest'
import { readPhpNotice } from './php-notice.ts'

it.each([
	['Warning : Undefined array key 1 in /var/www/plugin.php on line 7', '/var/www/plugin.php', 7],
	[
		'x Deprecated: Creation of dynamic property Foo::$bar is deprecated in C:\\site\\a.php on line 1234 y',
		'C:\\site\\a.php',
		1234,
	],
])('F23 quotes the file and the line of %s', (text, file, line) => {
	expect(readPhpNotice(text)).toMatchObject({ file, line, message: expect.stringMatching(/^(Warning|Deprecated)/) })
})

it('F23 makes no notice of other words', () => {
	expect(readPhpNotice('debug: 12 queries')).toBeUndefined()
	expect(readPhpNotice('Warning: no place is named')).toBeUndefined()
})
