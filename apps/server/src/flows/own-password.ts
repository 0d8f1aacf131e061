import { hashAsWordPress, hashSecret } from '@postern/app-passwords'
import type { Secret } from '@postern/vocabulary'
import { passwordShape } from '@postern/wordpress'
import type { PosternHeld } from '../store/application-password/application-password.ts'
import type { Store } from '../store/store.ts'

/** Finds the live application password of this Postern that was typed where another kind of secret belongs. */
export async function findOwnPassword(
	typed: Secret,
	{ store, now }: { readonly store: Pick<Store, 'passwordStorage'>; readonly now: () => Date },
): Promise<PosternHeld | undefined> {
	const shape = passwordShape(typed.reveal())
	if (shape.kind !== 'application-password') return undefined
	const secret = shape.normalized.reveal()
	const { passwordStorage } = store
	const held =
		(await passwordStorage.findByHash(hashSecret(secret))) ??
		(await passwordStorage.findByHash(hashAsWordPress(secret)))
	const expires = held?.password.expires ?? null
	return expires !== null && expires <= now() ? undefined : held
}
