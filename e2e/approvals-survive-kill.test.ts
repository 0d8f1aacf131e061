import { contract, type ConnectorDocument } from '@postern/api/contract'
import { enclose } from '@postern/wp-client/testing/zoo-server'
import { GROUPED, USERNAME, wordpress } from '@postern/wp-client/testing/zoo-wordpress'
import { expect, it, onTestFinished } from 'vitest'
import { founder } from './testing/founder.ts'
import { createKillSwitch, type KillPoint, killPoints } from './testing/kill-switch.ts'
import { startPostern } from './testing/start-postern.ts'

// The real server, killed with SIGKILL at each step of one click, of a rotation and of a revocation. In `npm test` a few of each
// kind; POSTERN_KILLS=50 kills so often, POSTERN_KILL_SEED repeats a run.
const kills = Number(process.env['POSTERN_KILLS'] ?? 10)
const seed = Number(process.env['POSTERN_KILL_SEED'] ?? 1)

/** Numbers that look like chance and come again with the same seed (mulberry32). */
function createRandom(from: number): () => number {
	let state = from
	return () => {
		state = (state + 0x6d2b79f5) | 0
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
	}
}

/** A Postern with somebody signed in, and a site that can kill it. */
async function openScene() {
	const site = wordpress({ applicationPasswords: 'on' })
	const plug = createKillSwitch()
	const zoo = await enclose(plug.guard(site.animal))
	const postern = await startPostern({ allowPrivate: `127.0.0.1:${zoo.httpPort}` })
	onTestFinished(() => postern.stop())
	const { client, cookie } = postern.openSession()
	const me = await client.call(contract.setUp, { body: founder })
	if (!me.ok) throw new Error(me.problem.code)
	const workspaceId = me.value.memberships[0]?.workspace.id ?? ''
	const address = `http://127.0.0.1:${zoo.httpPort}`
	const ours = () => site.passwords.list().filter(({ name }) => name.startsWith('Postern – '))
	return { site, plug, postern, client, cookie, workspaceId, address, ours }
}

type Scene = Awaited<ReturnType<typeof openScene>>

/** Does something during which the server may die, and starts it again if it did. */
async function survive({ plug, postern }: Scene, point: KillPoint, afterMs: number, act: () => Promise<unknown>) {
	let died = false
	const killed = plug.arm(
		point,
		async () => {
			died = true
			await postern.restart('SIGKILL')
		},
		afterMs,
	)
	await act().catch(() => undefined) // the connection breaks with the server
	await Promise.race([killed, new Promise((resolve) => setTimeout(resolve, 30_000))])
	plug.disarm()
	if (died) await killed
	return died
}

/** As often as it is asked, until it is so. */
async function until(what: string, isSo: () => Promise<boolean> | boolean): Promise<void> {
	await expect.poll(isSo, { timeout: 60_000, interval: 50, message: what }).toBe(true)
}

async function comeBack(scene: Scene): Promise<string> {
	const { client, workspaceId, address, site, cookie, postern } = scene
	const started = await client.call(contract.startApproval, { workspaceId, body: { type: 'wordpress-app', address } })
	if (!started.ok) throw new Error(started.problem.code)
	const asked = new URL(started.value.approveUrl).searchParams
	const names = { name: asked.get('app_name') ?? '', app_id: asked.get('app_id') ?? '' }
	const { password } = site.passwords.add(names)
	const back = new URL(asked.get('success_url') ?? '')
	back.search = new URLSearchParams({ site_url: address, user_login: USERNAME, password }).toString()
	expect(back.origin).toBe(postern.origin)
	expect(cookie()).not.toBe('')
	return back.href
}

const open = ({ cookie }: Scene, url: string) =>
	fetch(url, { redirect: 'manual', headers: { cookie: cookie() } }).then((answer) => answer.headers.get('location'))

async function drafts({ client, workspaceId }: Scene): Promise<readonly ConnectorDocument[]> {
	const listed = await client.call(contract.listDrafts, { workspaceId })
	if (!listed.ok) throw new Error(listed.problem.code)
	return listed.value.connectors
}

/** Names it, proves that it works, and removes it with its password: nothing is left of it. */
async function keepAndRemove(scene: Scene, connectorId: string): Promise<void> {
	const { client, workspaceId, ours } = scene
	const saved = await client.call(contract.saveConnector, { workspaceId, connectorId, body: { name: 'Blog' } })
	expect(saved.ok).toBe(true)
	await works(scene, connectorId)
	await remove(scene, connectorId)
	expect(ours()).toEqual([])
}

async function works({ client, workspaceId }: Scene, connectorId: string): Promise<void> {
	const checked = await client.call(contract.checkConnector, { workspaceId, connectorId })
	expect(checked).toMatchObject({ ok: true, value: { state: 'healthy' } })
}

async function remove({ client, workspaceId }: Scene, connectorId: string): Promise<void> {
	await until('it can be deleted', async () => {
		const deleted = await client.call(contract.deleteConnector, {
			workspaceId,
			connectorId,
			query: { revoke: 'true' },
		})
		return deleted.ok ? deleted.value.problem === null : deleted.problem.code === 'request/not-found'
	})
}

// Strides that come by all of them: a few kills are of every kind, too.
const name = (point: KillPoint) => `${point.when} at ${point.at}`
const rounds = Math.ceil(kills / 2)

it(
	`one click: one password of ours at the site, and the connector has it, ${rounds} kills`,
	{ timeout: 900_000 },
	async () => {
		const random = createRandom(seed)
		const scene = await openScene()
		let deaths = 0
		for (let round = 0; round < rounds; round += 1) {
			const point = killPoints[(round * 5) % killPoints.length] ?? killPoints[0]
			if (point === undefined) throw new Error('there is no point')
			const about = `seed ${seed}, round ${round}, ${name(point)}`
			const back = await comeBack(scene)
			const died = await survive(scene, point, random() * 8, async () => {
				await open(scene, back)
				await until(about, async () => (await drafts(scene))[0]?.isRotated === true && scene.ours().length === 1)
			})
			deaths += died ? 1 : 0
			// A browser that got no answer asks again; one that did would be told that it was used.
			const to = await open(scene, back)
			expect(to, about).toMatch(/\?(?:draft=con_|approval=approval%2Fstate-used)/)
			await until(about, async () => {
				const [draft] = await drafts(scene)
				return draft?.isRotated === true && scene.ours().length === 1
			})
			const [draft, ...more] = await drafts(scene)
			expect(more, about).toEqual([])
			expect(
				scene.ours().map(({ uuid }) => uuid),
				about,
			).toEqual([draft?.applicationPassword.uuid])
			await keepAndRemove(scene, draft?.id ?? '')
		}
		expect(deaths).toBe(rounds)
	},
)

it(
	`rotation and revocation: a connector that works, and nothing left behind, ${kills - rounds} kills`,
	{ timeout: 900_000 },
	async () => {
		const random = createRandom(seed + 1)
		const scene = await openScene()
		const { client, workspaceId, address, site } = scene
		const points = killPoints.filter(({ at }) => at !== 'verify')
		let deaths = 0
		for (let round = 0; round < kills - rounds; round += 1) {
			const point = points[(round * 4) % points.length] ?? points[0]
			if (point === undefined) throw new Error('there is no point')
			const about = `seed ${seed}, round ${round}, ${name(point)}`
			const { password } = site.passwords.add({ name: `by hand ${round}`, app_id: '' })
			let connectorId = ''
			const body = { type: 'wordpress-app', address, username: USERNAME, applicationPassword: password }
			await client.stream(contract.verifySite, { workspaceId, body }, (event) => {
				if (event.kind === 'verified') connectorId = event.connector.id
			})
			await client.call(contract.saveConnector, { workspaceId, connectorId, body: { name: 'Blog' } })
			const isRemoval = point.at === 'delete'
			const died = await survive(scene, point, random() * 8, () =>
				isRemoval ? remove(scene, connectorId) : client.call(contract.rotateConnector, { workspaceId, connectorId }),
			)
			deaths += died ? 1 : 0
			const read = () => client.call(contract.getConnector, { workspaceId, connectorId })
			if (!isRemoval) {
				await works(scene, connectorId)
				await until(about, async () => {
					const found = await read()
					return found.ok && found.value.credentialFrom === 'rotated'
				})
				await works(scene, connectorId)
			}
			await remove(scene, connectorId)
			expect((await read()).ok, about).toBe(false)
			const left = site.passwords.list().filter((one) => one.password !== GROUPED.replaceAll(' ', ''))
			expect(left, about).toEqual([])
		}
		expect(deaths).toBe(kills - rounds)
	},
)
