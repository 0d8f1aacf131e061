import type { ConnectorDocument } from '@postern/api/contract'
import type { Scope } from '@postern/vocabulary'

/** What an example has to know; the address ends with a slash. */
export type Place = { readonly gatewayUrl: string; readonly username: string; readonly slug: string }

export const tools = ['curl', 'javascript', 'python', 'n8n', 'xml-rpc', 'agent'] as const
export type Tool = (typeof tools)[number]

/** Those that work: a site that is reached over XML-RPC answers nothing else. */
export function toolsFor({ transport }: Pick<ConnectorDocument, 'transport'>): readonly [Tool, ...Tool[]] {
	return transport === 'xml-rpc' ? ['xml-rpc'] : tools
}

/** What an editor asks for; `label` is its own word where it has one in every language. */
type Field = { readonly name: 'username' | 'password' | 'site' | 'endpoint'; readonly label?: string; value: string }

export type Example = {
	readonly name: 'read-posts' | 'write-draft' | 'n8n' | 'editor' | 'editor-try' | 'agent-rest' | 'agent-adapter'
	readonly scope: Scope
	/** What else one should know. */
	readonly remark?: 'javascript' | 'python' | 'n8n' | 'editor' | 'agent-rest' | 'agent-adapter'
} & ({ readonly code: string } | { readonly fields: readonly Field[] })

/** Stands where the secret goes: it is shown once, and never here. */
export const PLACEHOLDER = 'APPLICATION_PASSWORD'

/** Lines to copy that work as they are, once the password is put in. */
export function examplesOf(tool: Tool, place: Place): readonly Example[] {
	return builders[tool](place)
}

/** Programs that go on with `/wp-json/` themselves want it without the slash at the end. */
const withoutSlash = (url: string) => url.replace(/\/$/, '')

const builders: Readonly<Record<Tool, (place: Place) => readonly Example[]>> = {
	curl: ({ gatewayUrl, username }) => [
		{
			name: 'read-posts',
			scope: 'posts:read',
			code: `curl --user "${username}:${PLACEHOLDER}" "${gatewayUrl}wp-json/wp/v2/posts?per_page=3"`,
		},
		{
			name: 'write-draft',
			scope: 'posts:draft',
			code: `curl --user "${username}:${PLACEHOLDER}" -X POST -d "title=New Title" -d "status=draft" "${gatewayUrl}wp-json/wp/v2/posts"`,
		},
	],
	javascript: ({ gatewayUrl, username }) => [
		{
			name: 'write-draft',
			scope: 'posts:draft',
			remark: 'javascript',
			code: `const site = '${gatewayUrl}'
const credentials = btoa('${username}:${PLACEHOLDER}')

const answer = await fetch(site + 'wp-json/wp/v2/posts', {
	method: 'POST',
	headers: { authorization: 'Basic ' + credentials, 'content-type': 'application/json' },
	body: JSON.stringify({ title: 'New Title', status: 'draft' }),
})
console.log(answer.status, await answer.json())`,
		},
	],
	python: ({ gatewayUrl, username }) => [
		{
			name: 'write-draft',
			scope: 'posts:draft',
			remark: 'python',
			code: `import base64, json
from urllib import error, request

site = "${gatewayUrl}"
credentials = base64.b64encode("${username}:${PLACEHOLDER}".encode()).decode()

draft = request.Request(
    site + "wp-json/wp/v2/posts",
    headers={"Authorization": "Basic " + credentials, "Content-Type": "application/json"},
    data=json.dumps({"title": "New Title", "status": "draft"}).encode(),
)
try:
    answer = request.urlopen(draft, timeout=30)
except error.HTTPError as refused:
    answer = refused
print(answer.status, json.load(answer))`,
		},
	],
	n8n: ({ gatewayUrl, username }) => [
		{
			name: 'n8n',
			scope: 'posts:draft',
			remark: 'n8n',
			fields: [
				{ name: 'username', label: 'Username', value: username },
				{ name: 'password', label: 'Password', value: PLACEHOLDER },
				{ name: 'site', label: 'Wordpress URL', value: withoutSlash(gatewayUrl) },
			],
		},
	],
	'xml-rpc': ({ gatewayUrl, username }) => [
		{
			name: 'editor',
			scope: 'posts:draft',
			remark: 'editor',
			fields: [
				{ name: 'site', value: gatewayUrl },
				{ name: 'endpoint', value: `${gatewayUrl}xmlrpc.php` },
				{ name: 'username', value: username },
				{ name: 'password', value: PLACEHOLDER },
			],
		},
		{
			name: 'editor-try',
			scope: 'posts:read',
			code: `curl -H 'Content-Type: text/xml' -d '${callOf('wp.getPosts', ['1', username, PLACEHOLDER])}' "${gatewayUrl}xmlrpc.php"`,
		},
	],
	agent: ({ gatewayUrl, username, slug }) => [
		{
			name: 'agent-rest',
			scope: 'posts:draft',
			remark: 'agent-rest',
			code: serverBlock(slug, 'mcp-wordpress', {
				WORDPRESS_SITE_URL: withoutSlash(gatewayUrl),
				WORDPRESS_USERNAME: username,
				WORDPRESS_APP_PASSWORD: PLACEHOLDER,
				...withoutTls(gatewayUrl),
			}),
		},
		{
			name: 'agent-adapter',
			scope: 'ns:mcp:write',
			remark: 'agent-adapter',
			code: serverBlock(slug, '@automattic/mcp-wordpress-remote', {
				// It takes an address with a path as it is: for the MCP endpoint, not for the site.
				WP_API_URL: `${gatewayUrl}wp-json/mcp/mcp-adapter-default-server`,
				WP_API_USERNAME: username,
				WP_API_PASSWORD: PLACEHOLDER,
				OAUTH_ENABLED: 'false',
			}),
		},
	],
}

/** A Postern on one's own machine: mcp-wordpress refuses plain http and addresses such as localhost unless it is told. */
function withoutTls(gatewayUrl: string): Readonly<Record<string, string>> {
	return gatewayUrl.startsWith('http:') ? { ALLOW_INSECURE_HTTP: 'true', ALLOW_PRIVATE_URLS: 'true' } : {}
}

function callOf(method: string, params: readonly string[]): string {
	const values = params.map((value) => `<param><value>${value}</value></param>`).join('')
	return `<methodCall><methodName>${method}</methodName><params>${values}</params></methodCall>`
}

/** For the settings of an agent. */
function serverBlock(name: string, program: string, env: Readonly<Record<string, string>>): string {
	return JSON.stringify({ mcpServers: { [name]: { command: 'npx', args: ['-y', program], env } } }, null, 2)
}
