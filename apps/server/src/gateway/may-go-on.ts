import type { PosternAppPasswords } from '../store/application-password/application-password.ts'
import type { Store } from '../store/store.ts'
import { type Admitted, reaches } from './admit.ts'

type GoingOnPorts = {
	readonly appPasswords: Pick<PosternAppPasswords, 'find'>
	readonly store: Pick<Store, 'gatewayConnectors'>
	readonly now: () => Date
}

/** Whether somebody who was admitted would be admitted still. */
export async function mayGoOn(
	{ held, connector }: Admitted,
	{ appPasswords, store, now }: GoingOnPorts,
): Promise<boolean> {
	const [password, current] = await Promise.all([
		appPasswords.find(held.user, held.password.uuid),
		store.gatewayConnectors.findBySlug(connector.slug),
	])
	if (password === undefined || current === undefined || current.id !== connector.id || current.isPaused) return false
	const { expires } = password
	if (expires !== null && expires.getTime() <= now().getTime()) return false
	return reaches({ user: held.user, password }, current)
}
