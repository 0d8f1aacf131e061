import { contract } from '@postern/api/contract'
import { presetText } from '@postern/vocabulary'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runCurlLine } from './testing/ask-by-curl.ts'
import { connectByProgram, founder, setUpByProgram, type Connected, type Founder } from './testing/founder.ts'
import { openOptions, openOwnProfile, passwordRow, takeSecret } from './testing/passwords.ts'
import { arriveAt, button, field, goTo, meet, signIn, type Person } from './testing/person.ts'
import { openStage, type Stage } from './testing/stage.ts'
import { fill } from './testing/texts.ts'

/** What a site says that was taken over, or was the attacker's all along. */
const hostile = `
	add_action( 'rest_api_init', function () {
		$say = function ( $type, $text ) {
			return function () use ( $type, $text ) {
				header( "Content-Type: $type" );
				header( 'Set-Cookie: taken=over; Path=/', false );
				header( 'Service-Worker-Allowed: /' );
				header( 'Clear-Site-Data: "cookies"' );
				header( 'Refresh: 0;url=/account' );
				header( 'Content-Security-Policy: default-src * \\'unsafe-inline\\'' );
				header( 'Access-Control-Allow-Origin: http://evil.test' );
				header( 'Access-Control-Allow-Credentials: true' );
				echo $text;
				exit;
			};
		};
		$script = 'globalThis.ranHere = document.cookie || true';
		$routes = array(
			'page'   => $say( 'text/html', "<script>$script</script><h1>Sign in again</h1>" ),
			'script' => $say( 'text/javascript', $script ),
			'worker' => $say( 'text/javascript', 'addEventListener("fetch", (event) => event.respondWith(new Response("taken over")))' ),
			'svg'    => $say( 'image/svg+xml', "<svg xmlns='http://www.w3.org/2000/svg'><script>$script</script></svg>" ),
		);
		foreach ( $routes as $name => $callback ) {
			register_rest_route( 'evil/v1', "/$name", array( 'methods' => 'GET', 'permission_callback' => '__return_true', 'callback' => $callback ) );
		}
	} );
`

const application = 'Writing helper'
let stage: Stage
let owner: Founder
let connected: Connected
let ada: Person
beforeAll(async () => {
	stage = await openStage({ plugins: [hostile] })
	owner = await setUpByProgram(stage.postern)
	connected = await connectByProgram(owner, stage.site, { name: 'Garden notes', role: 'admin' })
	ada = await meet(stage.launched, stage.postern.origin)
	await signIn(ada)
})
afterAll(() => stage.close())

/** Each promise builds on the one before. */
describe('a password for drafts on one site', () => {
	let line = ''
	let draft = ''
	const write = (fields: string, post = '') => runCurlLine(`${line}${post} --data '${fields}'`)

	it('is issued on one’s own profile', async () => {
		const { passwords } = ada.says
		await openOwnProfile(ada, founder.username)
		await openOptions(ada)
		await ada.page.getByRole('radio', { name: presetText('drafts-only', 'en').name }).check()
		await ada.page.getByRole('radio', { name: passwords.connectors.some }).check()
		await ada.page
			.getByRole('group', { name: passwords.connectors.choose })
			.getByRole('checkbox', { name: connected.connector.name })
			.check()
		await field(ada, passwords.add.name).fill(application)
		await button(ada, passwords.add.submit).click()
		const { secret } = await takeSecret(ada, application)
		line = `curl --user '${founder.username}:${secret}' ${connected.connector.gatewayUrl}wp-json/wp/v2/posts`
		const list = await owner.client.call(contract.listInventory, { workspaceId: owner.workspaceId, query: {} })
		const issued = list.ok ? list.value.entries[0]?.applicationPassword : undefined
		expect(issued).toMatchObject({ preset: 'drafts-only', connectors: [connected.connector.id] })
	})

	it('writes a draft with curl, which is a draft on the site', async () => {
		const { status, body } = await write('title=From outside&status=draft')
		expect({ status, post: body['status'] }).toEqual({ status: 201, post: 'draft' })
		draft = String(body['id'])
		expect(await stage.site.runPhp(`return get_post_status( ${draft} );`)).toBe('draft')
	})

	it('publishes nothing, neither anew nor what is a draft', async () => {
		const before = await stage.site.runPhp('return wp_count_posts()->publish;')
		const refused = await write('title=Out with it&status=publish')
		expect(refused).toMatchObject({ status: 403, body: { data: { status: 403 } } })
		expect(JSON.stringify(refused.body)).toContain('application-password/scope-missing')
		expect((await write('status=publish', `/${draft}`)).status).toBe(403)
		expect(await stage.site.runPhp('return wp_count_posts()->publish;')).toBe(before)
	})

	it('has both in the activity, permitted and refused', async () => {
		const { activity } = ada.says
		await goTo(ada, 'activity')
		await arriveAt(ada, activity.title)
		const rows = ada.page.getByRole('listitem').filter({ hasText: 'POST /wp/v2/posts' })
		const countAnew = async () => {
			await ada.page.reload()
			await arriveAt(ada, activity.title)
			return rows.count()
		}
		await expect.poll(countAnew, { interval: 500 }).toBe(3) // what was refused is written a moment later
		expect(
			await rows.filter({ hasText: activity.decisions.refused }).filter({ hasText: 'posts:publish' }).count(),
		).toBe(2)
		await rows
			.filter({ hasText: activity.decisions.permitted })
			.filter({ hasText: fill(activity.answered, { status: '201' }) })
			.waitFor()
	})

	it('does nothing more once it is revoked', async () => {
		const { passwords } = ada.says
		expect((await runCurlLine(line)).status).toBe(200)
		await openOwnProfile(ada, founder.username)
		await button(ada, fill(passwords.revoke.label, { name: application })).click()
		await ada.page.getByRole('dialog').getByRole('button', { name: passwords.revoke.action, exact: true }).click()
		await passwordRow(ada, application).waitFor({ state: 'detached' })
		expect((await runCurlLine(line)).status).toBe(401)
		expect((await write('title=Once more&status=draft')).status).toBe(401)
	})
})

describe('what a hostile site answers', () => {
	let authorization = ''
	const address = (name: string) => `${connected.connector.gatewayUrl}wp-json/evil/v1/${name}`
	beforeAll(async () => {
		const me = await owner.client.call(contract.getMe, {})
		const memberId = (me.ok && me.value.memberships[0]?.memberId) || ''
		const body = { name: 'Of the attacker', preset: null, scopes: ['ns:evil/v1:read'] }
		const { workspaceId } = owner
		const made = await owner.client.call(contract.createApplicationPassword, { workspaceId, memberId, body })
		if (!made.ok) throw new Error(made.problem.code)
		authorization = `Basic ${Buffer.from(`${founder.username}:${made.value.password}`).toString('base64')}`
	})
	const cookies = async () => (await ada.context.cookies()).map(({ name, value }) => `${name}=${value}`)

	it('T46 is read by a program of our own origin, and sets, clears and allows nothing there', async () => {
		const before = await cookies()
		for (const name of ['page', 'script', 'worker', 'svg']) {
			const read = await ada.page.evaluate(
				async ([url = '', credentials = '']) => {
					const answer = await fetch(url, { headers: { authorization: credentials } })
					return { status: answer.status, headers: Object.fromEntries(answer.headers) }
				},
				[address(name), authorization],
			)
			expect(read.status, name).toBe(200)
			expect(read.headers['content-security-policy']).toContain('sandbox')
			expect(read.headers['x-content-type-options']).toBe('nosniff')
			expect(read.headers['content-disposition']).toMatch(/^attachment/)
			for (const never of [
				'set-cookie',
				'service-worker-allowed',
				'clear-site-data',
				'refresh',
				'access-control-allow-credentials',
			])
				expect(read.headers[never], `${name}: ${never}`).toBeUndefined()
		}
		expect(await cookies()).toEqual(before)
		await ada.page.reload()
		await arriveAt(ada, founder.username)
	})

	it('T46 is no page, no frame, no script and no worker of our origin, even for a browser that knows the password', async () => {
		const visitor = await meet(stage.launched, stage.postern.origin)
		await visitor.context.setExtraHTTPHeaders({ authorization })
		const { page } = visitor
		const dialogs: string[] = []
		page.on('dialog', (dialog) => dialogs.push(dialog.message()))
		// The weakest page there could be in our origin: without the policy that all of ours have.
		await page.route('**/weakest', (route) =>
			route.fulfill({ contentType: 'text/html', body: '<!doctype html><body>' }),
		)
		await page.goto(`${stage.postern.origin}/weakest`)
		for (const name of ['page', 'svg', 'script']) {
			const opened = await visitor.context.newPage()
			await opened.goto(address(name)).catch(() => undefined)
			expect(await opened.evaluate(() => Reflect.get(globalThis, 'ranHere')), name).toBeUndefined()
			expect(await opened.getByText('Sign in again').count()).toBe(0)
			await opened.close()
		}
		const outcome = await page.evaluate(
			async ([script = '', frame = '', picture = '', worker = '']) => {
				const load = (element: HTMLScriptElement | HTMLIFrameElement | HTMLImageElement, url: string) =>
					new Promise<string>((resolve) => {
						element.addEventListener('load', () => resolve('loaded'))
						element.addEventListener('error', () => resolve('refused'))
						setTimeout(() => resolve('nothing'), 10_000)
						element.src = url
						document.body.append(element)
					})
				const registered = await navigator.serviceWorker
					.register(worker)
					.then(() => 'registered')
					.catch(() => 'refused')
				return {
					script: await load(document.createElement('script'), script),
					frame: await load(document.createElement('iframe'), frame),
					picture: await load(document.createElement('img'), picture),
					ran: Reflect.get(globalThis, 'ranHere'),
					registered,
					workers: (await navigator.serviceWorker.getRegistrations()).length,
				}
			},
			[address('script'), address('page'), address('svg'), address('worker')],
		)
		expect(outcome).toMatchObject({ script: 'refused', registered: 'refused', workers: 0 })
		expect(outcome.ran).toBeUndefined()
		expect(dialogs).toEqual([])
		expect(await visitor.context.cookies()).toEqual([])
		await visitor.context.close()
	})
})
