/** What was typed into the form and may be kept for this tab: never the application password. */
export type TypedValues = { readonly address: string; readonly username: string }

type Store = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>

export const nothingTyped: TypedValues = { address: '', username: '' }

/** One person's in one workspace: somebody else who signs in on this tab does not find it. */
export function typedValuesKey(accountId: string, workspaceId: string): string {
	return `postern.connect.${accountId}.${workspaceId}`
}

export function readTypedValues(store: Store, key: string): TypedValues {
	const kept = readJson(store.getItem(key))
	return { address: textOf(kept, 'address'), username: textOf(kept, 'username') }
}

/** Keeps the two values by name, so that nothing else can come along. */
export function keepTypedValues(store: Store, key: string, { address, username }: TypedValues): void {
	if (address === '' && username === '') store.removeItem(key)
	else store.setItem(key, JSON.stringify({ address, username }))
}

export function dropTypedValues(store: Store, key: string): void {
	store.removeItem(key)
}

function readJson(text: string | null): unknown {
	try {
		return text === null ? undefined : JSON.parse(text)
	} catch {
		return undefined
	}
}

function textOf(value: unknown, name: string): string {
	if (typeof value !== 'object' || value === null) return ''
	const text: unknown = Object.getOwnPropertyDescriptor(value, name)?.value
	return typeof text === 'string' ? text : ''
}
