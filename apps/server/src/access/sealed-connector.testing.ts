import type { SealedConnector } from './sealed-connector.ts'

/** Of a site reached as most are. */
export const someConnector: SealedConnector = {
	id: 'con_1',
	workspaceId: 'wsp_1',
	name: 'Blog',
	site: {
		url: 'https://blog.example/',
		origin: 'https://blog.example',
		host: 'blog.example',
		adminUrl: 'https://blog.example/wp-admin/',
		apiRootUrl: 'https://blog.example/wp-json/',
		apiRootStyle: 'path',
	},
	account: { username: 'yuki', userId: 7 },
	sealed: Uint8Array.of(1),
	sealVersion: 1,
	siteOrigin: 'https://blog.example',
	reach: { transport: 'rest', edge: null, pin: null },
}
