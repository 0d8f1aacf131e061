import { phpValue } from '../wordpress/launch-site.ts'
import { startWordPress, type WordPressSite } from '../wordpress/start-wordpress.ts'
import { people, type Behaviour, type WordPressVersion } from '../wordpress/wordpress-options.ts'
import { basic } from './ask-place.ts'
import { newName } from './new-name.ts'
import {
	personNames,
	type Issued,
	type NewPassword,
	type Person,
	type PersonName,
	type Place,
	type SetUp,
	type Target,
} from './target.ts'
import { wordpressDomain } from './wordpress-domain.ts'
import { signInToWordPress, wordpressSession } from './wordpress-session.ts'

export function wordpressTarget(version: WordPressVersion): Target {
	return { kind: 'wordpress', version, name: `WordPress ${version}`, start: (setUp) => startPlace(version, setUp) }
}

async function startPlace(version: WordPressVersion, setUp: SetUp = {}): Promise<Place> {
	const site = await startWordPress({
		version,
		permalinks: 'pretty',
		environment: setUp.environment ?? 'local',
		behaviours: behavioursOf(setUp),
		plugins: pluginsOf(setUp),
	})
	const place = {
		kind: 'wordpress',
		version,
		url: site.url,
		people: await peopleOf(site),
		mayManage: () => true,
		issue: (owner, wanted) => issue(site, owner, wanted),
		sessionOf: (person) => wordpressSession(site.url, people[person]),
		signIn: async (username, password) => (await signInToWordPress(site.url, { username, password })) !== undefined,
		changeAccountPassword: async (person) => {
			await site.runPhp(`wp_set_password( 'another one', ${userId(person)} ); return true;`)
		},
		removePerson: async (person) => {
			await site.runPhp(`return wp_delete_user( ${userId(person)} );`)
		},
		domain: () => wordpressDomain(site),
		stop: site.stop,
	} as const satisfies Place
	return place
}

function behavioursOf({ isBare, isBehindProxy, offFor }: SetUp): readonly Behaviour[] {
	return [
		'note-logins',
		...(isBare === true ? [] : (['resolve-user-early'] as const)),
		...(isBehindProxy === true ? (['behind-https'] as const) : []),
		...(offFor === 'site' ? (['application-passwords-off'] as const) : []),
	]
}

function pluginsOf({ offFor, isForced, refusesWith, isXmlRpcOff, vanishes }: SetUp): readonly string[] {
	const plugins: string[] = []
	if (isForced === true) plugins.push("add_filter( 'wp_is_application_passwords_available', '__return_true' );")
	if (isXmlRpcOff === true) plugins.push("add_filter( 'xmlrpc_enabled', '__return_false' );")
	if (vanishes === true)
		plugins.push(`
			add_action( 'application_password_did_authenticate', function ( $user, $item ) {
				WP_Application_Passwords::delete_application_password( $user->ID, $item['uuid'] );
			}, 10, 2 );
		`)
	if (offFor !== undefined && offFor !== 'site')
		plugins.push(`
			add_filter( 'wp_is_application_passwords_available_for_user', function ( $is_available, $user ) {
				return $is_available && ${phpValue(people[offFor].username)} !== $user->user_login;
			}, 10, 2 );
		`)
	if (refusesWith !== undefined)
		plugins.push(`
			add_action( 'wp_authenticate_application_password_errors', function ( $error ) {
				$error->add( ${phpValue(refusesWith)}, 'Refused by a rule of this site.' );
			} );
		`)
	return plugins
}

const userId = (person: PersonName): string => `get_user_by( 'login', ${phpValue(people[person].username)} )->ID`

async function peopleOf(site: WordPressSite): Promise<Readonly<Record<PersonName, Person>>> {
	const find = async (name: PersonName): Promise<Person> => {
		const { username, password } = people[name]
		const id = Number(await site.runPhp(`return ${userId(name)};`))
		return { id, username, email: `${username}@example.test`, password }
	}
	const [admin, editor, subscriber] = await Promise.all(personNames.map(find))
	if (admin === undefined || editor === undefined || subscriber === undefined) throw new Error('somebody is missing')
	return { admin, editor, subscriber }
}

async function issue(site: WordPressSite, owner: PersonName, wanted: NewPassword = {}): Promise<Issued> {
	const { name = newName(), appId = '' } = wanted
	const made = await site.runPhp(`
		$made = WP_Application_Passwords::create_new_application_password( ${userId(owner)}, ${phpValue({ name, app_id: appId })} );
		if ( is_wp_error( $made ) ) throw new RuntimeException( $made->get_error_message() );
		return array( 'uuid' => $made[1]['uuid'], 'password' => WP_Application_Passwords::chunk_password( $made[0] ) );
	`)
	if (typeof made !== 'object' || made === null || !('uuid' in made && 'password' in made))
		throw new Error('WordPress issued no application password')
	const password = String(made.password)
	return { uuid: String(made.uuid), password, basic: basic(people[owner].username, password) }
}
