import { apacheModules, type Programs } from './find-programs.ts'

/** How PHP is run behind a web server. */
export type PhpBehind = 'mod_php' | 'php-fpm' | 'php-cgi'

export type WebServer = {
	readonly kind: 'apache' | 'nginx'
	readonly php: PhpBehind
	/** Apache: `CGIPassAuth On` in its configuration. */
	readonly passesAuth?: boolean
	/** nginx: the header is emptied before PHP, as some panels do. */
	readonly dropsAuth?: boolean
	/** Apache: `.htaccess` counts. Without it, `FallbackResource` makes pretty permalinks. */
	readonly readsHtaccess?: boolean
}

export type Place = {
	readonly folder: string
	readonly documentRoot: string
	readonly port: number
	/** Of PHP-FPM. */
	readonly socket: string
	/** To work as, when we are root: no web server serves as root. */
	readonly account: string | undefined
}

const modules = ['mpm_prefork', 'authz_core', 'dir', 'mime', 'env', 'rewrite', 'setenvif', 'alias']

const morePhp: Readonly<Record<PhpBehind, readonly string[]>> = {
	mod_php: [],
	'php-fpm': ['proxy', 'proxy_fcgi'],
	'php-cgi': ['actions', 'cgi'],
}

/** The whole configuration of an Apache that serves one WordPress. */
export function apacheConfiguration(
	{ php, passesAuth, readsHtaccess }: WebServer,
	place: Place,
	programs: Programs,
): string {
	const { folder, documentRoot, port, socket, account } = place
	const cgi = programs.cgi ?? ''
	const handlers: Readonly<Record<PhpBehind, readonly string[]>> = {
		mod_php: ['<FilesMatch "\\.php$">', 'SetHandler application/x-httpd-php', '</FilesMatch>'],
		'php-fpm': ['<FilesMatch "\\.php$">', `SetHandler "proxy:unix:${socket}|fcgi://localhost"`, '</FilesMatch>'],
		'php-cgi': ['<FilesMatch "\\.php$">', 'SetHandler php-script', '</FilesMatch>', 'Action php-script /php-cgi'],
	}
	return [
		`ServerRoot "${folder}"`,
		`DefaultRuntimeDir "${folder}"`,
		`PidFile "${folder}/apache.pid"`,
		`ErrorLog "${folder}/apache.log"`,
		'ServerName 127.0.0.1',
		`Listen 127.0.0.1:${port}`,
		...[...modules, ...morePhp[php]].map((name) => `LoadModule ${name}_module ${apacheModules}/mod_${name}.so`),
		...(php === 'mod_php' ? [`LoadModule php_module ${programs.modPhp}`] : []),
		...(account === undefined ? [] : [`User ${account}`, `Group ${account}`]),
		'TypesConfig /dev/null',
		'StartServers 2',
		`DocumentRoot "${documentRoot}"`,
		...(php === 'php-cgi'
			? [`ScriptAlias /php-cgi "${cgi}"`, `<Files "${cgi}">`, 'Require all granted', '</Files>']
			: []),
		...(php === 'php-cgi'
			? [
					'<Location /php-cgi>',
					'Require all granted',
					...(passesAuth === true ? ['CGIPassAuth On'] : []),
					'</Location>',
				]
			: []),
		`<Directory "${documentRoot}">`,
		'Require all granted',
		'Options FollowSymLinks',
		`AllowOverride ${readsHtaccess === true ? 'All' : 'None'}`,
		'DirectoryIndex index.php',
		...(readsHtaccess === true ? [] : ['FallbackResource /index.php']),
		...(passesAuth === true ? ['CGIPassAuth On'] : []),
		...handlers[php],
		'</Directory>',
		'',
	].join('\n')
}

const fastCgi = {
	SCRIPT_FILENAME: '$document_root$fastcgi_script_name',
	QUERY_STRING: '$query_string',
	REQUEST_METHOD: '$request_method',
	CONTENT_TYPE: '$content_type',
	CONTENT_LENGTH: '$content_length',
	SCRIPT_NAME: '$fastcgi_script_name',
	REQUEST_URI: '$request_uri',
	DOCUMENT_ROOT: '$document_root',
	SERVER_PROTOCOL: '$server_protocol',
	SERVER_SOFTWARE: 'nginx/$nginx_version',
	REMOTE_ADDR: '$remote_addr',
	SERVER_NAME: '$server_name',
	SERVER_PORT: '$server_port',
	REDIRECT_STATUS: '200',
}

/** The whole configuration of an nginx that serves one WordPress. */
export function nginxConfiguration(
	{ dropsAuth }: WebServer,
	{ folder, documentRoot, port, socket, account }: Place,
): string {
	const params = Object.entries({ ...fastCgi, ...(dropsAuth === true ? { HTTP_AUTHORIZATION: '""' } : {}) })
	const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((of) => `${of}_temp_path ${folder}/${of};`)
	return `
daemon off;
${account === undefined ? '' : `user ${account};`}
worker_processes 1;
pid ${folder}/nginx.pid;
error_log ${folder}/nginx.log;
events {}
http {
	access_log off;
	${temporary.join(' ')}
	server {
		listen 127.0.0.1:${port};
		root ${documentRoot};
		index index.php;
		location / { try_files $uri $uri/ /index.php?$args; }
		location ~ \\.php$ {
			fastcgi_pass unix:${socket};
			${params.map(([name, value]) => `fastcgi_param ${name} ${value};`).join('\n\t\t\t')}
		}
	}
}
`
}

/** The whole configuration of a PHP-FPM with one pool. */
export function fpmConfiguration({ folder, socket, account }: Place): string {
	return [
		'[global]',
		`error_log = ${folder}/fpm.log`,
		'daemonize = no',
		'[site]',
		`listen = ${socket}`,
		'listen.mode = 0666',
		...(account === undefined ? [] : [`user = ${account}`, `group = ${account}`]),
		'pm = static',
		'pm.max_children = 3',
		'',
	].join('\n')
}
