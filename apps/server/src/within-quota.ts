import type { Outcome } from '@postern/app-passwords'
import {
	PasswordQuotaReached,
	passwordQuota,
	passwordQuotaCode,
	type PosternAppPasswords,
} from './store/application-password/application-password.ts'

/** Turns what the store throws for one password too many into a refusal, on whatever way it was to be made. */
export function withinQuota(appPasswords: PosternAppPasswords): PosternAppPasswords {
	return {
		...appPasswords,
		create: (...given) => refusing(() => appPasswords.create(...given)),
		replace: (...given) => refusing(() => appPasswords.replace(...given)),
	}
}

async function refusing<T>(make: () => Promise<Outcome<T>>): Promise<Outcome<T>> {
	try {
		return await make()
	} catch (thrown) {
		if (!(thrown instanceof PasswordQuotaReached)) throw thrown
		const message = `There are ${passwordQuota} application passwords in this workspace already.`
		return { ok: false, error: { code: passwordQuotaCode, status: 403, message } }
	}
}
