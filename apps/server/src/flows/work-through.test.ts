import { expect, it } from 'vitest'
import { workThrough } from './work-through.ts'

/** Every run lasts until it is told; what is under way is seen. */
function scene(items: readonly string[], signal = new AbortController().signal) {
	const underWay: string[] = []
	const ends = new Map<string, (error?: Error) => void>()
	const done = workThrough({
		items,
		atOnce: 3,
		perKey: 2,
		keyOf: (item) => item.slice(0, 1),
		signal,
		run: (item) =>
			new Promise((resolve, reject) => {
				underWay.push(item)
				ends.set(item, (error) => {
					underWay.splice(underWay.indexOf(item), 1)
					if (error === undefined) resolve()
					else reject(error)
				})
			}),
	})
	const end = async (item: string, error?: Error) => {
		ends.get(item)?.(error)
		await new Promise(setImmediate)
	}
	return { underWay, end, done }
}

it('does so many at once, of one key fewer, and all in the end', async () => {
	const { underWay, end, done } = scene(['a1', 'a2', 'a3', 'b1', 'b2'])
	expect(underWay).toEqual(['a1', 'a2', 'b1'])
	await end('b1')
	expect(underWay).toEqual(['a1', 'a2', 'b2'])
	await end('a1')
	expect(underWay).toEqual(['a2', 'b2', 'a3'])
	for (const item of ['a2', 'b2', 'a3']) await end(item)
	await done
})

it('begins nothing any more once it is told to stop, and waits for what was begun', async () => {
	const stop = new AbortController()
	const { underWay, end, done } = scene(['a', 'b', 'c', 'd', 'e'], stop.signal)
	stop.abort()
	await end('a')
	expect(underWay).toEqual(['b', 'c'])
	let isOver = false
	void done.then(() => (isOver = true))
	await end('b')
	expect(isOver).toBe(false)
	await end('c')
	await done
})

it('passes on what one of them threw, after the others under way are over', async () => {
	const { underWay, end, done } = scene(['a', 'b', 'c', 'd'])
	const thrown = expect(done).rejects.toThrow('a bug')
	await end('a', new Error('a bug'))
	expect(underWay).toEqual(['b', 'c'])
	await end('b')
	await end('c')
	await thrown
})

it('is over at once where there is nothing to do', async () => {
	await scene([]).done
})
