import { setTimeout as delay } from 'node:timers/promises'
import type { ConnectedSite, GatewayStage } from '../gateway/gateway-stage.ts'
import type { WordPressSite } from '../wordpress/start-wordpress.ts'
import type { Recorded } from './compare-records.ts'
import { gatewayDoor, passwordsFor } from './gateway-door.ts'
import { grantsOf } from './grants.ts'
import type { Lane } from './run-differential.ts'
import { startStockedSite, type SiteKind, type StockedSite } from './stocked-site.ts'
import { straightDoor } from './straight-door.ts'

export type Lanes = {
	readonly lanes: readonly Lane[]
	readonly records?: () => Promise<readonly Recorded[]>
	close(): Promise<void>
}

/** Through a gateway, or straight to the site with what policy writes. */
export type Way = { readonly openStage: (sites: readonly WordPressSite[]) => Promise<GatewayStage> } | 'straight'

export async function openLanes(kinds: readonly SiteKind[], way: Way): Promise<Lanes> {
	const sites = await Promise.all(kinds.map(startStockedSite))
	const stopSites = async (): Promise<void> => void (await Promise.all(sites.map((site) => site.stop())))
	try {
		return way === 'straight'
			? straightLanes(sites, stopSites)
			: await gatewayLanes(sites, await way.openStage(sites.map(({ site }) => site)), stopSites)
	} catch (error) {
		await stopSites()
		throw error
	}
}

function straightLanes(sites: readonly StockedSite[], stopSites: () => Promise<void>): Lanes {
	const lanes = sites.map((site) => ({ site, door: straightDoor(site), grants: grantsOf(site, 'here') }))
	return { lanes, close: () => closeAll(lanes, stopSites) }
}

async function gatewayLanes(
	sites: readonly StockedSite[],
	stage: GatewayStage,
	stopSites: () => Promise<void>,
): Promise<Lanes> {
	const lanes: Lane[] = []
	try {
		const connected: ConnectedSite[] = []
		for (const { site, name } of sites) connected.push(await stage.connect(site, { name }))
		// Scopes of custom types and of plugins are issued for what is connected.
		const passwords = await passwordsFor(stage)
		for (const [at, stocked] of sites.entries()) {
			const there = connected[at]
			if (there === undefined) throw new Error(`${stocked.name} is not connected`)
			const site = { ...stocked, credential: { ...stocked.credential, password: there.sitePassword } }
			site.keep() // with the password that Postern has now
			site.takeEvents()
			lanes.push({ site, door: gatewayDoor(there, passwords), grants: grantsOf(site, there.connector.id) })
		}
	} catch (error) {
		await stage.stop()
		throw error
	}
	const close = async (): Promise<void> => {
		await stage.stop()
		await closeAll(lanes, stopSites)
	}
	return { lanes, records: () => readRecords(stage), close }
}

async function closeAll(lanes: readonly Lane[], stopSites: () => Promise<void>): Promise<void> {
	await Promise.all(lanes.map(({ door }) => door.close()))
	await stopSites()
}

async function readRecords(stage: GatewayStage): Promise<readonly Recorded[]> {
	let entries = await stage.records()
	// A read is in the record a moment after it was answered: until nothing more comes.
	for (let before = -1; before < entries.length;) {
		before = entries.length
		await delay(1_500)
		entries = await stage.records()
	}
	return entries.flatMap(({ event, access }) =>
		access === null || event === 'site.finished'
			? []
			: [{ requestId: access.requestId, decision: access.decision, method: access.method, route: access.route }],
	)
}
