import { createAddressRules } from './address-rules.ts'
import type { AppPasswordsOptions } from './app-passwords.ts'
import { errorOf } from './refusals.ts'
import { createRequestRate } from './request-rate.ts'
import type { Grants, Held, Login, MaybePromise, User, WordPressError } from './types.ts'

const keptPasswords = 100_000

type Judge<U extends User, G extends Grants> = (
	held: Held<U, G>,
	login: Login,
	now: Date,
) => MaybePromise<WordPressError | undefined>

/** Judges a right secret: may it be used now, from here, this often, by somebody with a second factor, and says the hook so. */
export function createConditions<U extends User, G extends Grants>({
	hooks = {},
	isAvailableFor,
}: Pick<AppPasswordsOptions<U, G>, 'hooks'> & { isAvailableFor: (user: U) => boolean }): Judge<U, G> {
	const rules = createAddressRules()
	const waitOf = createRequestRate(keptPasswords)
	const own = ({ user, password }: Held<U, G>, login: Login, now: number): WordPressError | undefined => {
		if (!isAvailableFor(user)) return errorOf('application_passwords_disabled_for_user')
		if (isExpired(password, now)) return errorOf('application_password_expired')
		if (!rules.allow(password.addresses, login.ip)) return errorOf('application_password_address')
		const perMinute = password.requestsPerMinute
		const waitMs = perMinute === null ? 0 : waitOf(password.uuid, perMinute, now)
		if (perMinute !== null && waitMs > 0)
			return { ...errorOf('application_password_rate', waitMs), requestsPerMinute: perMinute }
		const isEnabled = !user.hasSecondFactor || (hooks.two_factor_user_api_login_enable?.(true, user) ?? true)
		return isEnabled ? undefined : errorOf('invalid_application_credentials')
	}
	const hook = hooks.wp_authenticate_application_password_errors
	return (held, login, now) => {
		const error = own(held, login, now.getTime())
		return error !== undefined || hook === undefined ? error : hook(held, login)
	}
}

export function isExpired({ expires }: { readonly expires: Date | null }, now: number): boolean {
	return expires !== null && expires.getTime() <= now
}
