import { problemText } from '@postern/vocabulary'
import { arriveAt, button, goTo } from './person.ts'
import type { Visit } from './visit.ts'

/** Connectors from a file: explained, refused, read, imported. */
export async function visitImport({ person, stage, onScreen }: Visit): Promise<void> {
	const { list, import: says } = person.says
	const { page } = person
	const { site } = stage
	await goTo(person, 'connectors')
	await page.getByRole('link', { name: list.import, exact: true }).click()
	await arriveAt(person, says.title)
	await onScreen('import')
	const choose = (text: string) =>
		page
			.locator('input[type="file"]')
			.setInputFiles({ name: 'sites.csv', mimeType: 'text/csv', buffer: Buffer.from(text) })
	await choose('address,username\na,b')
	const params = { column: 'application_password' }
	const { title } = problemText('import/column-missing', params, person.says.language)
	await page.getByRole('alert').getByText(title, { exact: true }).waitFor()
	await onScreen('import-refused')
	const { password } = await site.createApplicationPassword('author', 'Imported')
	const rows = [
		'address,username,application_password,name,tags',
		`${site.url},${site.users.author.username},${password},Imported blog,"Client A, 京都"`,
		`${site.url},${site.users.contributor.username},abcd EFGH 1234 ijkl MNOP 6789,Broken,`,
		`${site.url},somebody,,,`,
	]
	await choose(`${rows.join('\r\n')}\r\n`)
	await page.getByRole('row').nth(3).waitFor()
	await onScreen('import-preview')
	await page.getByRole('button').and(page.locator('[data-variant="filled"]')).click()
	await button(person, says.download).waitFor({ timeout: 60_000 })
	await onScreen('import-done')
	await page.getByRole('link', { name: says.toList, exact: true }).click()
	await arriveAt(person, person.says.connectors.title)
}
