import { describe, expect, it } from 'vitest'
import { foldersOf } from './root-candidates.ts'

describe('the folders in which the API may lie', () => {
	it.each([
		['/', ['/']],
		['/blog', ['/blog/', '/']],
		['/blog/', ['/blog/', '/']],
		['/blog/post.html', ['/blog/', '/']],
		['/post.html', ['/']],
		['/v1.2/news/', ['/v1.2/news/', '/v1.2/', '/']],
		['/blog/wp-admin/edit.php', ['/blog/', '/']],
	])('are, of %s, its own and those above', (path, folders) => {
		expect(foldersOf(new URL(path, 'https://blog.example'))).toEqual(folders)
	})

	it('are told of a path of many dots in a moment', () => {
		const path = `/${'.a'.repeat(4_000)}/`
		const before = process.cpuUsage()
		expect(foldersOf(new URL(path, 'https://blog.example'))).toEqual([path, '/'])
		expect(process.cpuUsage(before).user / 1_000).toBeLessThan(1_000)
	})
})
