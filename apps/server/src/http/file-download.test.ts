import { describe, expect, it } from 'vitest'
import { downloadResponse } from './file-download.ts'

function start(chunks: () => AsyncGenerator<string, void>) {
	const reported: unknown[] = []
	const download = { contentType: 'text/csv', filename: 'a-1.csv', chunks: chunks() }
	return { response: downloadResponse(download, (thrown) => reported.push(thrown)), reported }
}

describe('a download', () => {
	it('is a file to be saved, whatever a browser thinks it can show', async () => {
		const { response } = start(async function* () {
			yield 'a,'
			yield 'ü'
		})
		expect(response.headers.get('content-disposition')).toBe('attachment; filename="a-1.csv"')
		expect(await response.text()).toBe('a,ü')
	})

	it('breaks off where it cannot go on, and is reported: half a file is not the whole', async () => {
		const { response, reported } = start(async function* () {
			yield 'a'
			throw new RangeError('gone')
		})
		await expect(response.text()).rejects.toThrow('gone')
		expect(reported).toEqual([new RangeError('gone')])
	})

	it('is made as fast as it is taken, and no further when its reader leaves', async () => {
		let made = 0
		let isEnded = false
		const { response } = start(async function* () {
			try {
				for (;;) {
					made += 1
					yield 'x'.repeat(1000)
				}
			} finally {
				isEnded = true
			}
		})
		const reader = response.body?.getReader()
		await reader?.read()
		await new Promise((resolve) => setImmediate(resolve))
		expect(made).toBeLessThan(5)
		await reader?.cancel()
		expect(isEnded).toBe(true)
	})
})
