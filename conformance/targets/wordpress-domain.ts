import { phpValue } from '../wordpress/launch-site.ts'
import type { WordPressSite } from '../wordpress/start-wordpress.ts'
import { people } from '../wordpress/wordpress-options.ts'
import type { Domain, LoginEvent, PersonName } from './target.ts'

/** WordPress' own functions, called inside it. */
export function wordpressDomain(site: WordPressSite): Domain {
	const text = async (code: string): Promise<string> => String(await site.runPhp(code))
	return {
		create: (owner, values) =>
			text(`
				$made = WP_Application_Passwords::create_new_application_password( ${userId(owner)}, ${asArray(values)} );
				return is_wp_error( $made ) ? $made->get_error_code() : $made[1]['uuid'];
			`),
		update: (owner, uuid, changes) =>
			text(`
				$done = WP_Application_Passwords::update_application_password(
					${userId(owner)}, ${phpValue(uuid)}, ${asArray(changes)} );
				return is_wp_error( $done ) ? $done->get_error_code() : 'ok';
			`),
		nameExists: async (owner, name) =>
			(await site.runPhp(`
				return WP_Application_Passwords::application_name_exists_for_user( ${userId(owner)}, ${phpValue(name)} );
			`)) === true,
		authenticate: async (username, password) => {
			const found = await text(`
				add_filter( 'application_password_is_api_request', '__return_true' );
				$user = wp_authenticate_application_password( null, ${phpValue(username)}, ${phpValue(password)} );
				return is_wp_error( $user ) ? $user->get_error_code() : ( $user ? $user->user_login : '' );
			`)
			return found === '' ? null : found
		},
		isInUse: async () => (await site.runPhp('return WP_Application_Passwords::is_in_use();')) === true,
		pretendUsed: async (owner, uuid, secondsAgo) => {
			await site.runPhp(`
				$all = WP_Application_Passwords::get_user_application_passwords( ${userId(owner)} );
				foreach ( $all as &$one ) if ( ${phpValue(uuid)} === $one['uuid'] ) {
					$one['last_used'] = time() - ${secondsAgo};
					$one['last_ip']   = '192.0.2.1';
				}
				return update_user_meta( ${userId(owner)}, '_application_passwords', $all );
			`)
		},
		events: async () => {
			const kept = await text(`return (string) @file_get_contents( WP_CONTENT_DIR . '/logins' );`)
			return kept
				.split('\n')
				.filter((line) => line !== '')
				.map((line): LoginEvent => JSON.parse(line))
		},
	}
}

const userId = (person: PersonName): string => `get_user_by( 'login', ${phpValue(people[person].username)} )->ID`
const asArray = (values: object): string => `(array) ${phpValue(values)}`
