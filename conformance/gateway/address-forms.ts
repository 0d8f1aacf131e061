import { startPostern } from '../../e2e/testing/start-postern.ts'
import type { WordPressSite } from '../wordpress/start-wordpress.ts'
import { openGatewayStage, type GatewayStage } from './gateway-stage.ts'
import { resolveLocalhostNames } from './name-resolution.ts'

/** The ways in which a site's address at the gateway can be written. */
export type AddressForm = { readonly name: string; open(sites: readonly WordPressSite[]): Promise<GatewayStage> }

/** For `describe.each`: what holds for the one must hold for the other. */
export const addressForms: readonly AddressForm[] = [
	{ name: '/sites/<slug>/', open: (sites) => openGatewayStage(sites) },
	{
		name: '<slug>.localhost',
		async open(sites) {
			resolveLocalhostNames()
			return openGatewayStage(sites, {}, async (options) => {
				const postern = await startPostern(options)
				const { port } = new URL(postern.origin)
				const environment = { ...options.environment, POSTERN_GATEWAY_ORIGIN: `http://*.localhost:${port}` }
				await postern.restart('SIGTERM', { environment })
				return postern
			})
		},
	},
]
