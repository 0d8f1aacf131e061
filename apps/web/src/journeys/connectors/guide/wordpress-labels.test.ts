import { describe, expect, it } from 'vitest'
import { wordPressLabels } from './wordpress-labels.ts'

describe('the labels of WordPress', () => {
	it('are those of the detected version', () => {
		expect(wordPressLabels('6.5.5', 'en')).toMatchObject({ menu: 'Users > Profile', hasOlderMenu: false })
		expect(wordPressLabels('7.1.2', 'en').hasOlderMenu).toBe(false)
		expect(wordPressLabels('5.6', 'en').hasOlderMenu).toBe(true)
	})

	it('mention the older menu while the version is unknown', () => {
		for (const version of [null, undefined, '', 'beta']) expect(wordPressLabels(version, 'en').hasOlderMenu).toBe(true)
	})

	it('call the button as the help page does', () => {
		expect(wordPressLabels('6.5.5', 'en').button).toBe('Add New Application Password')
	})
})
