/** Cases that are not tested, and why not. */
export const leftOut: Readonly<Record<number, string>> = {
	36: 'about PHP’s server variables HTTPS and SERVER_PORT; Node sees the socket itself (#32), and proxies are #37',
	40: 'WordPress hands a user from one filter to the next; here one verifier decides alone (#70 #71)',
	64: 'about PHP’s server variables HTTP_AUTHORIZATION and REDIRECT_HTTP_AUTHORIZATION; Node has one header',
	67: 'about Postern as a client: packages/wp-client judges it, discover-and-verify.test.ts asks real sites',
	75: 'Postern has neither admin-ajax.php nor feeds: nothing there could take credentials',
	218: 'Postern’s own root has no posts, so no pingbacks; those of sites come with the gateway',
}

/** Cases as WordPress has them that only we are asked, and why WordPress is not. */
export const onlyOurs: Readonly<Record<number, string>> = {
	13: 'our hash is our own (SHA-256 with a prefix, so that it can be looked up); the versions under test keep phpass',
	14: 'WordPress hashes so from 6.8 on, later than the versions under test; the vectors are of 7.1',
	174: 'WordPress’ script needs a browser; where its server redirects is asked of both (#173)',
	187: 'screens are ours; what they do goes over the routes that both are asked for',
	188: 'screens are ours; what they do goes over the routes that both are asked for',
	189: 'screens are ours; what they do goes over the routes that both are asked for',
	190: 'screens are ours; what they do goes over the routes that both are asked for',
	191: 'screens are ours; what they do goes over the routes that both are asked for',
	192: 'screens are ours; what they do goes over the routes that both are asked for',
	193: 'screens are ours; what they do goes over the routes that both are asked for',
	221: 'WordPress itself has no second factor; that is the plugin Two Factor',
	222: 'WordPress itself has no second factor; that is the plugin Two Factor',
	223: 'WordPress itself has no second factor; that is the plugin Two Factor',
	224: 'WordPress itself has no second factor; that is the plugin Two Factor',
}

/** Cases that only WordPress is asked. */
export const onlyTheirs: Readonly<Record<number, string>> = {
	57: 'a header always brings both here; what is left, an empty password, is #58',
}
