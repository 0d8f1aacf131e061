import type { ApplicationPasswordDocument, NoticeDocument, ProfileDocument } from '@postern/api/contract'
import { chunkPassword } from '@postern/wordpress'
import { scopes, scopesBeyond, scopesWithin } from '@postern/vocabulary'
import { isApiLoginAllowed } from '../flows/api-login.ts'
import type { IssuedPassword } from '../flows/application-passwords.ts'
import type { ListedPassword, PosternUser } from '../store/application-password/application-password.ts'
import type { Notice } from '../store/notices.ts'

/** A password as anybody who may see it sees it; the secret is not in it. */
export function passwordDocument(
	{ password, createdBy, isSecondFactorProven }: ListedPassword,
	{ owner, now }: { readonly owner: PosternUser; readonly now: Date },
): ApplicationPasswordDocument {
	const { grants, seen, expires } = password
	return {
		uuid: password.uuid,
		appId: password.appId,
		name: password.name,
		preset: grants.preset,
		scopes: [...grants.scopes],
		connectors: grants.connectors === 'all' ? 'all' : [...grants.connectors],
		addresses: [...password.addresses],
		requestsPerMinute: password.requestsPerMinute,
		writesPerDay: grants.writesPerDay,
		effectiveScopes: [...scopesWithin(owner.memberRole, password.grants.scopes)],
		createdAt: password.created.toISOString(),
		createdBy,
		// Ours is exact to the minute; WordPress’ own fields are on the wire.
		lastUsedAt: (seen?.at ?? password.lastUsed)?.toISOString() ?? null,
		lastIp: seen?.ip ?? password.lastIp,
		expiresAt: expires?.toISOString() ?? null,
		isExpired: expires !== null && expires <= now,
		issuedWithSecondFactor: isSecondFactorProven,
	}
}

export function issuedDocument({ owner, listed, secret }: IssuedPassword, now: Date) {
	return {
		applicationPassword: passwordDocument(listed, { owner, now }),
		password: chunkPassword(secret.reveal()),
		username: owner.login,
	}
}

export function profileDocument(
	user: PosternUser,
	{ joinedAt, mayManage }: { readonly joinedAt: Date; readonly mayManage: boolean },
): ProfileDocument {
	return {
		memberId: user.memberId,
		accountId: user.accountId,
		kind: user.kind,
		username: user.login,
		email: user.kind === 'machine' ? null : user.email,
		role: user.memberRole,
		wordpressId: user.id,
		hasSecondFactor: user.hasSecondFactor,
		joinedAt: joinedAt.toISOString(),
		apiLogin: user.apiLogin,
		apiLoginRule: user.apiLoginRule,
		isApiLoginAllowed: isApiLoginAllowed(user),
		issuableScopes: scopes.filter((scope) => scopesBeyond(user.memberRole, [scope]).length === 0),
		mayManage,
	}
}

export function noticeDocument({ id, kind, at, memberId, uuid, name, params }: Notice): NoticeDocument {
	return { id, kind, at: at.toISOString(), memberId, uuid, name, params: { ...params } }
}
