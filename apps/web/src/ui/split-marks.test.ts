import { describe, expect, it } from 'vitest'
import { splitMarks } from './split-marks.ts'

describe('marked words in a sentence', () => {
	it('become strong and code, in order', () => {
		expect(splitMarks('Click **Next** at `/wp-admin`.')).toEqual([
			{ kind: 'plain', words: 'Click ' },
			{ kind: 'strong', words: 'Next' },
			{ kind: 'plain', words: ' at ' },
			{ kind: 'code', words: '/wp-admin' },
			{ kind: 'plain', words: '.' },
		])
	})

	it('leave a text as it is when a mark has no partner', () => {
		expect(splitMarks('2 ** 3 and a `tick')).toEqual([{ kind: 'plain', words: '2 ** 3 and a `tick' }])
		expect(splitMarks('')).toEqual([])
	})
})
