/** Which of our doors a request came to. `route` is what the path says, still as it was sent. */
export type Place =
	| { readonly door: 'rest'; readonly route: string; readonly query: string }
	/** `/` or `/index.php`: REST if `rest_route` is given. */
	| { readonly door: 'root'; readonly query: string }
	| { readonly door: 'xml-rpc' | 'authorize' | 'dashboard' | 'login'; readonly query: string }

/** The door of a path below the site's folder; the prefix `/wp-json` is case-sensitive, as WordPress has it. */
export function findPlace(target: string, folder: string): Place | undefined {
	const mark = target.indexOf('?')
	const whole = mark === -1 ? target : target.slice(0, mark)
	if (!whole.startsWith(folder)) return undefined
	const query = mark === -1 ? '' : target.slice(mark + 1)
	const path = folder === '' ? whole : whole.slice(folder.length)
	return findRest(path, query) ?? findDoor(path, query)
}

function findRest(path: string, query: string): Place | undefined {
	const rest = path.startsWith('/index.php/') ? path.slice('/index.php'.length) : path
	if (!rest.startsWith('/wp-json')) return undefined
	const route = rest.slice('/wp-json'.length)
	return route === '' || route.startsWith('/') ? { door: 'rest', route, query } : undefined
}

function findDoor(path: string, query: string): Place | undefined {
	switch (path) {
		case '':
		case '/':
		case '/index.php':
			return { door: 'root', query }
		case '/xmlrpc.php':
			return { door: 'xml-rpc', query }
		case '/wp-admin/authorize-application.php':
		case '/wp-admin/authorize-application.css':
		case '/wp-admin/authorize-application.js':
			return { door: 'authorize', query }
		case '/wp-admin':
		case '/wp-admin/':
			return { door: 'dashboard', query }
		case '/wp-login.php':
			return { door: 'login', query }
		default:
			return undefined
	}
}
