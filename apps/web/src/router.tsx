import { createRootRoute, createRoute, createRouter, lazyRouteComponent, redirect } from '@tanstack/react-router'
import { whenSessionEnds } from './api/client.ts'
import { queryClient } from './api/query-client.ts'
import { lapse, meQuery } from './api/session.ts'
import { readActivityFilter } from './journeys/activity/activity-filter.ts'
import { readAddSearch } from './journeys/application-passwords/add/add-search.ts'
import { readInventorySearch } from './journeys/application-passwords/inventory-search.ts'
import { readUsageSearch } from './journeys/application-passwords/usage/usage-search.ts'
import { readReconnectSearch, readWizardSearch } from './journeys/connectors/create/wizard-search.ts'
import { readListSearch } from './journeys/connectors/list/list-search.ts'
import { takeToken } from './api/one-time-token.ts'
import { Crash, CrashWithoutFrame } from './shell/crash.tsx'
import { EntranceLayout } from './shell/entrance-layout.tsx'
import { needNobody, needSetUp, needSignedIn } from './shell/guards.ts'
import { NotFoundPage } from './shell/not-found-page.tsx'
import { OpenLayout } from './shell/open-layout.tsx'
import { readReturn } from './shell/read-return.ts'
import { Root } from './shell/root.tsx'
import { Shell } from './shell/shell.tsx'
import { needTexts } from './texts/language.ts'

const root = createRootRoute({
	component: Root,
	notFoundComponent: NotFoundPage,
	errorComponent: CrashWithoutFrame,
})

// Before anybody is signed in.
const entrance = createRoute({
	getParentRoute: () => root,
	id: 'entrance',
	component: EntranceLayout,
	errorComponent: CrashWithoutFrame,
	loader: () => needTexts('entrance'),
})
const setup = createRoute({
	getParentRoute: () => entrance,
	path: '/setup',
	beforeLoad: needSetUp,
	component: lazyRouteComponent(() => import('./journeys/setup/setup-page.tsx'), 'SetupPage'),
})
const signIn = createRoute({
	getParentRoute: () => entrance,
	path: '/sign-in',
	validateSearch: readReturn,
	beforeLoad: needNobody,
	component: lazyRouteComponent(() => import('./journeys/sign-in/sign-in-page.tsx'), 'SignInPage'),
})
const recover = createRoute({
	getParentRoute: () => entrance,
	path: '/recover',
	beforeLoad: takeToken,
	component: lazyRouteComponent(() => import('./journeys/recover/recover-page.tsx'), 'RecoverPage'),
})
const join = createRoute({
	getParentRoute: () => entrance,
	path: '/join',
	beforeLoad: takeToken,
	component: lazyRouteComponent(() => import('./journeys/join/join-page.tsx'), 'JoinPage'),
})
const connectByLink = createRoute({
	getParentRoute: () => entrance,
	path: '/connect',
	beforeLoad: takeToken,
	loader: () => needTexts('link', 'connectors'),
	component: lazyRouteComponent(() => import('./journeys/connect-link/connect-page.tsx'), 'ConnectPage'),
})

// For everybody; inside the shell for those who are signed in.
const open = createRoute({
	getParentRoute: () => root,
	id: 'open',
	component: OpenLayout,
	errorComponent: CrashWithoutFrame,
	loader: () => queryClient.ensureQueryData(meQuery),
})
const problem = createRoute({
	getParentRoute: () => open,
	path: '/problems/$noun/$what',
	component: lazyRouteComponent(() => import('./journeys/problems/problem-page.tsx'), 'ProblemPage'),
})
const help = createRoute({
	getParentRoute: () => open,
	path: '/help',
	loader: () => needTexts('help'),
	component: lazyRouteComponent(() => import('./journeys/help/help-page.tsx'), 'HelpPage'),
})
const aboutRequests = createRoute({
	getParentRoute: () => open,
	path: '/about-requests',
	loader: () => needTexts('help'),
	component: lazyRouteComponent(() => import('./journeys/help/about-requests-page.tsx'), 'AboutRequestsPage'),
})
const connectingHelp = createRoute({
	getParentRoute: () => open,
	path: '/help/wordpress-application-password',
	loader: () => needTexts('help'),
	component: lazyRouteComponent(() => import('./journeys/help/connecting-help-page.tsx'), 'ConnectingHelpPage'),
})

// For members.
const shell = createRoute({
	getParentRoute: () => root,
	id: 'shell',
	beforeLoad: needSignedIn,
	component: Shell,
	errorComponent: CrashWithoutFrame,
})
const dashboard = createRoute({
	getParentRoute: () => shell,
	path: '/',
	loader: () => needTexts('dashboard', 'activity', 'passwords'),
	component: lazyRouteComponent(() => import('./journeys/dashboard/dashboard-page.tsx'), 'DashboardPage'),
})
const connectors = createRoute({
	getParentRoute: () => shell,
	path: '/connectors',
	validateSearch: readListSearch,
	loader: () => needTexts('connectors', 'list'),
	component: lazyRouteComponent(() => import('./journeys/connectors/connector-list-page.tsx'), 'ConnectorListPage'),
})
const createConnector = createRoute({
	getParentRoute: () => shell,
	path: '/connectors/new',
	validateSearch: readWizardSearch,
	loader: () => needTexts('connectors', 'connecting'),
	component: lazyRouteComponent(() => import('./journeys/connectors/create-connector-page.tsx'), 'CreateConnectorPage'),
})
const importConnectors = createRoute({
	getParentRoute: () => shell,
	path: '/connectors/import',
	loader: () => needTexts('import'),
	component: lazyRouteComponent(() => import('./journeys/connectors/import/import-page.tsx'), 'ImportPage'),
})
const connector = createRoute({
	getParentRoute: () => shell,
	path: '/connectors/$connectorId',
	loader: () => needTexts('connectors', 'connecting', 'list'),
	component: lazyRouteComponent(() => import('./journeys/connectors/connector-page.tsx'), 'ConnectorPage'),
})
const reconnect = createRoute({
	getParentRoute: () => shell,
	path: '/connectors/$connectorId/reconnect',
	validateSearch: readReconnectSearch,
	loader: () => needTexts('connectors', 'connecting'),
	component: lazyRouteComponent(() => import('./journeys/connectors/reconnect-page.tsx'), 'ReconnectPage'),
})
const activity = createRoute({
	getParentRoute: () => shell,
	path: '/activity',
	validateSearch: readActivityFilter,
	loader: () => needTexts('activity'),
	component: lazyRouteComponent(() => import('./journeys/activity/activity-page.tsx'), 'ActivityPage'),
})
const users = createRoute({
	getParentRoute: () => shell,
	path: '/users',
	loader: () => needTexts('users'),
	component: lazyRouteComponent(() => import('./journeys/users/users-page.tsx'), 'UsersPage'),
})
const webhooks = createRoute({
	getParentRoute: () => shell,
	path: '/webhooks',
	loader: () => needTexts('webhooks'),
	component: lazyRouteComponent(() => import('./journeys/webhooks/webhooks-page.tsx'), 'WebhooksPage'),
})
const profile = createRoute({
	getParentRoute: () => shell,
	path: '/users/$memberId',
	validateSearch: readAddSearch,
	loader: () => needTexts('profile', 'passwords'),
	component: lazyRouteComponent(() => import('./journeys/profile/profile-page.tsx'), 'ProfilePage'),
})
const inventory = createRoute({
	getParentRoute: () => shell,
	path: '/application-passwords',
	validateSearch: readInventorySearch,
	loader: () => needTexts('passwords'),
	component: lazyRouteComponent(() => import('./journeys/application-passwords/inventory-page.tsx'), 'InventoryPage'),
})
const usage = createRoute({
	getParentRoute: () => shell,
	path: '/application-passwords/$uuid',
	validateSearch: readUsageSearch,
	loader: () => needTexts('passwords', 'activity'),
	component: lazyRouteComponent(() => import('./journeys/application-passwords/usage/usage-page.tsx'), 'UsagePage'),
})
/** What the list of users was called before. */
const members = createRoute({
	getParentRoute: () => shell,
	path: '/members',
	beforeLoad: () => {
		throw redirect({ to: '/users', replace: true })
	},
})
const account = createRoute({
	getParentRoute: () => shell,
	path: '/account',
	loader: () => needTexts('account'),
	component: lazyRouteComponent(() => import('./journeys/account/account-page.tsx'), 'AccountPage'),
})

export const router = createRouter({
	routeTree: root.addChildren([
		entrance.addChildren([setup, signIn, recover, join, connectByLink]),
		open.addChildren([problem, help, connectingHelp, aboutRequests]),
		shell.addChildren([
			dashboard,
			connectors,
			createConnector,
			importConnectors,
			connector,
			reconnect,
			activity,
			users,
			webhooks,
			profile,
			inventory,
			usage,
			members,
			account,
		]),
	]),
	defaultPreload: 'intent',
	defaultErrorComponent: Crash,
	defaultPendingMs: 400,
	scrollRestoration: true,
})

declare module '@tanstack/react-router' {
	interface Register {
		router: typeof router
	}
}

whenSessionEnds(() => {
	const { location, matches } = router.state
	if (!matches.some((match) => match.routeId === shell.id)) return
	void router.navigate({ to: '/sign-in', search: { return: location.href }, replace: true }).then(lapse)
})
