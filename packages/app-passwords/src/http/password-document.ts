import { chunkPassword } from '@postern/wordpress'
import type { Secret } from '@postern/vocabulary'
import type { ApplicationPassword, User } from '../types.ts'
import type { Site } from './options.ts'
import type { Context } from './user-document.ts'

/** The address of one password. With the owner's number also where the caller said `me`. */
export function passwordHref(site: Site, owner: User, uuid: string): string {
	return `${site.url}/wp-json/wp/v2/users/${owner.id}/application-passwords/${uuid}`
}

/** A password's record as WordPress writes it, without links. */
export function passwordRecord(password: ApplicationPassword, context: Context): Readonly<Record<string, unknown>> {
	const { uuid, appId, name, created, lastUsed, lastIp } = password
	if (context === 'embed') return { uuid, app_id: appId, name }
	const last_used = lastUsed === null ? null : wireTime(lastUsed)
	return { uuid, app_id: appId, name, created: wireTime(created), last_used, last_ip: lastIp }
}

export function passwordDocument(
	password: ApplicationPassword,
	{ site, owner, context, allow }: { site: Site; owner: User; context: Context; allow: readonly string[] },
): Readonly<Record<string, unknown>> {
	const self = [{ href: passwordHref(site, owner, password.uuid), targetHints: { allow } }]
	return { ...passwordRecord(password, context), _links: { self } }
}

/** The only answer that ever holds the secret: the one to its creation. */
export function createdDocument(
	password: ApplicationPassword,
	secret: Secret,
	place: { site: Site; owner: User; allow: readonly string[] },
): Readonly<Record<string, unknown>> {
	const { _links, ...record } = passwordDocument(password, { ...place, context: 'edit' })
	return { ...record, password: chunkPassword(secret.reveal()), _links }
}

/** UTC without saying so, to the second. */
function wireTime(time: Date): string {
	return time.toISOString().slice(0, 19)
}
