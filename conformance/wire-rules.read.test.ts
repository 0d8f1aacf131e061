import { chunkPassword, defaultCapabilities, isWordPressUuid, sanitizeApplicationName } from '@postern/wordpress'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startWordPress, type WordPressSite } from './wordpress/start-wordpress.ts'
import { wordpressVersions } from './wordpress/wordpress-options.ts'

/** Pieces of which tags, comments, octets and their fragments are made. Without `<?`: PHP counts quotes inside in a way of its own. */
const pieces = [
	['<', '>', '"', "'", '!', '--', '-->', '<!--', '<!', '/', '=', '\\', ' ', '  ', '\t', '\n', '\r', 'a', 'é'],
	['<script>', '<script ', '</script>', '<STYLE>', '</style>', '<b>', '</b>', '<a href="', '🚀'],
	['%', '41', '%%4141', '%e2', '&', '&amp;', '100%', '5 < 6', '<title="', 'script', '<br/>', '<1'],
].flat()

/** The same names in every run: a linear congruential generator, of which only the high bits count. */
function makeNames(count: number): string[] {
	let state = 20_261_121
	const below = (limit: number): number => {
		state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
		return Math.floor((state / 2 ** 32) * limit)
	}
	const piece = (): string => pieces[below(pieces.length)] ?? ''
	return Array.from({ length: count }, () => Array.from({ length: 1 + below(9) }, piece).join(''))
}

const inPhp = (value: unknown): string =>
	`json_decode( base64_decode( '${Buffer.from(JSON.stringify(value)).toString('base64')}' ), true )`

describe.each(wordpressVersions)('WordPress %s', (version) => {
	let site: WordPressSite
	beforeAll(async () => {
		site = await startWordPress({ version, permalinks: 'pretty' })
	})
	afterAll(() => site.stop())

	const mapped = (callback: string, values: readonly unknown[]): Promise<unknown> =>
		site.runPhp(`return array_map( ${callback}, ${inPhp(values)} );`)

	it('grants these capabilities to each role as it comes', async () => {
		const granted = await site.runPhp(
			`$all = array(); foreach ( wp_roles()->roles as $name => $role ) {
				$all[ $name ] = array_keys( array_filter( $role['capabilities'] ) );
			} return $all;`,
		)
		expect(granted).toEqual(defaultCapabilities)
	})

	it('#19 writes passwords in the same groups', async () => {
		const passwords = ['abcdEFGH1234ijklMNOP6789', 'abc', 'ab cd!ef', '', 'é漢1-2_3*4&5', ' a\n\u0000b ', '0']
		const written = await mapped("array( 'WP_Application_Passwords', 'chunk_password' )", passwords)
		expect(written).toEqual(passwords.map(chunkPassword))
	})

	it('#20 calls the same texts a UUID, a trailing line feed apart', async () => {
		const uuid = '6f2b1d1a-9c1e-4f0a-8b57-0d6c3b1f2a3e'
		const texts = [uuid, uuid.toUpperCase(), `{${uuid}}`, `urn:uuid:${uuid}`, uuid.slice(1), `${uuid}0`, '', ` ${uuid}`]
		const more = [
			uuid.replace('-4', '-1'),
			uuid.replace('-8', '-0'),
			uuid.replaceAll(/[^-]/g, '0'),
			uuid.replace('a', 'g'),
		]
		expect(await mapped("'wp_is_uuid'", [...texts, ...more])).toEqual([...texts, ...more].map(isWordPressUuid))
		expect(await mapped("'wp_is_uuid'", [`${uuid}\n`])).toEqual([true])
		expect(isWordPressUuid(`${uuid}\n`)).toBe(false)
	})

	it('#7 #21 cleans names in the same way', async () => {
		const names = [
			'  a  b ',
			'a\tb\nc',
			'<i>x</i>y',
			'5 < 6',
			'%41bc',
			'100%',
			'a & b',
			'a<?php b ?>c',
			...makeNames(3_000),
		]
		const cleaned = await mapped("'sanitize_text_field'", names)
		expect(names.map(sanitizeApplicationName)).toEqual(cleaned)
	})

	it('#22 keeps hidden characters in names, which we do not', async () => {
		const hidden = ['a\u202Eb', 'a\u200Bb', 'a\u0007b']
		expect(await mapped("'sanitize_text_field'", hidden)).toEqual(hidden)
		expect(hidden.map(sanitizeApplicationName)).toEqual(['ab', 'ab', 'ab'])
	})
})
