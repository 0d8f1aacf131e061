import type { WireAnswer, WireRequest } from '@postern/app-passwords'
import { createAuthorizePage, html } from '@postern/app-passwords/authorize'
import type { Language } from '@postern/vocabulary'
import type { AnswerPorts } from '../../flows/answer-application.ts'
import { gatewayUrl, type GatewayAddress } from '../../wire/gateway-address.ts'
import type { PosternGrants, PosternUser } from '../../store/application-password/application-password.ts'
import { chooseLanguage } from '../request-context.ts'
import { readAskedAccess } from './asked-access.ts'
import { findAskedSite } from './asked-site.ts'
import { brand } from './brand.ts'
import { loginPage } from './login-page.ts'
import { noticePage } from './notice-page.ts'
import { pageControls } from './page-controls.ts'
import { pageTexts } from './page-texts.ts'
import { findPageVisitor, visitOf, type PageVisitor } from './page-visitor.ts'
import { passkeyScript } from './passkey-script.ts'

export type AuthorizeDoorPorts = AnswerPorts & {
	readonly origin: string
	readonly environment: 'local' | 'production'
	readonly gateway: GatewayAddress
}

export type AuthorizeDoor = {
	readonly authorizePage: (request: WireRequest) => Promise<WireAnswer>
	readonly loginPage: (request: WireRequest) => WireAnswer
}

/** The pages that WordPress' clients open in a browser: `/wp-admin/authorize-application.php` and `/wp-login.php`. */
export function createAuthorizeDoor(ports: AuthorizeDoorPorts): AuthorizeDoor {
	const { origin, environment, store, appPasswords, now } = ports
	const spoken = (request: WireRequest): Language => chooseLanguage(request.header('accept-language') ?? null)
	const visitors = new WeakMap<WireRequest, PageVisitor>()
	const page = createAuthorizePage<PosternUser, PageVisitor, PosternGrants>({
		appPasswords,
		findVisitor: (request) => visitors.get(request),
		grants: { controls: pageControls(ports) },
		requests: store.authorizeRequests,
		site: { url: origin, name: 'Postern' },
		siteUrlFor: ({ query, visitor }) => siteUrlOf({ query, visitor }, ports),
		environment,
		dashboardUrl: `${origin}/`,
		languageOf: (request, visitor) => visitor?.language ?? spoken(request),
		look: { header: brand, head: html`<link rel="icon" href="/favicon.svg" />` },
		now,
	})
	return {
		async authorizePage(request) {
			const [path = ''] = request.target.split('?', 1)
			if (path.endsWith('.js')) {
				const answer = await page(request)
				return { ...answer, body: answer.body + passkeyScript }
			}
			const visit = visitOf(request)
			const found = path.endsWith('.css') ? 'nobody' : await findPageVisitor(visit, ports)
			if (found === 'no-workspace') return withoutWorkspace(spoken(request))
			if (found !== 'nobody') visitors.set(request, found)
			const answer = await page(request)
			// A proof renews the session: its cookie goes out whatever else comes of the form.
			return visit.cookies.length === 0 ? answer : { ...answer, cookies: visit.cookies }
		},
		loginPage: loginPage(origin, spoken),
	}
}

/** What an application takes for the address of the site it asked for: without a slash at its end, as WordPress says it. */
async function siteUrlOf(
	{ query, visitor }: { readonly query: string; readonly visitor: PageVisitor },
	{ origin, gateway, store }: AuthorizeDoorPorts,
): Promise<string> {
	const { site: slug } = readAskedAccess(query, []).access
	const site = await findAskedSite(slug, visitor, store)
	return typeof site === 'object' ? gatewayUrl(gateway, site.connector.slug).slice(0, -1) : origin
}

function withoutWorkspace(language: Language): WireAnswer {
	const { title, text, link } = pageTexts[language].noWorkspace
	return noticePage(403, { title, text, link: { href: '/', text: link } }, language)
}
