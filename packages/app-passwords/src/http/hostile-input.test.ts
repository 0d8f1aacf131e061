import { expect, it } from 'vitest'
import { outcome, people, startProvider, type Asked } from './provider.testing.ts'

const collection = 'users/me/application-passwords'
const json = { 'Content-Type': 'application/json' }
const form = { 'Content-Type': 'application/x-www-form-urlencoded' }

it.each([
	['an object without a text of its own', '{"toString":1,"valueOf":1}'],
	['a list a hundred thousand deep', `${'['.repeat(100_000)}${']'.repeat(100_000)}`],
	['a list that reads like the path', '["me"]'],
	['nothing', 'null'],
])('refuses a stranger whose user_id is %s, and does not break on it', async (_kind, value) => {
	const { ask } = await startProvider()
	const asked: Asked = { method: 'POST', headers: json, body: `{"name":"App","user_id":${value}}` }
	expect(outcome(await ask(collection, asked))).toBe('400 rest_invalid_param')
})

it.each([
	['a name of blanks', { headers: json, body: JSON.stringify({ name: ' '.repeat(250_000) }) }],
	['a list of one name over and over', { headers: form, body: 'name=App&user_id[]=1&'.padEnd(250_000, 'a[]&') }],
])('reads %s from a stranger in time that grows with its length', async (_kind, asked) => {
	const { ask } = await startProvider()
	const begun = process.cpuUsage()
	expect(outcome(await ask(collection, { method: 'POST', ...asked }))).toBe('400 rest_invalid_param')
	expect(process.cpuUsage(begun).user / 1_000).toBeLessThan(2_000)
})

it('takes a name with a letter on any line, and none without', async () => {
	const { ask, issueManaging } = await startProvider()
	const { as } = await issueManaging(people.admin)
	const create = async (name: string) => outcome(await ask(collection, { as, method: 'POST', body: { name } }))
	expect(await create('\n \nApp\n')).toBe('201')
	expect(await create('\n \n\t')).toBe('400 rest_invalid_param')
})

it.each(['__proto__', 'constructor', 'nothing of that kind'])(
	'lists users by login when asked for %s',
	async (orderby) => {
		const { ask, issue } = await startProvider()
		const { secret } = await issue(people.admin)
		const values = ['<int>1</int>', '<string>ada</string>', `<string>${secret.reveal()}</string>`]
		const filter = `<struct><member><name>orderby</name><value>${orderby}</value></member></struct>`
		const params = [...values, filter].map((value) => `<param><value>${value}</value></param>`).join('')
		const body = `<methodCall><methodName>wp.getUsers</methodName><params>${params}</params></methodCall>`
		const { text } = await ask('/xmlrpc.php', { method: 'POST', body })
		expect([...text.matchAll(/<name>username<\/name><value><string>(\w+)</g)].map(([, name]) => name)).toEqual([
			'ada',
			'bea',
			'edo',
			'sam',
		])
	},
)
