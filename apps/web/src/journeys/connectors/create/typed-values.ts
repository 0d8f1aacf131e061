import type { ConnectorTypeDocument } from '@postern/api/contract'

/** What was typed into the form and may be kept for this tab, by the names of the fields: never a secret. */
export type TypedValues = Readonly<Record<string, string>>

type Store = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>
type Fields = ConnectorTypeDocument['fields']

/** One person's in one workspace for one type: somebody else who signs in on this tab does not find it. */
export function typedValuesKey(accountId: string, workspaceId: string, typeId: string): string {
	return `postern.connect.${accountId}.${workspaceId}.${typeId}`
}

export function readTypedValues(store: Store, key: string, fields: Fields): TypedValues {
	const kept = readJson(store.getItem(key))
	return Object.fromEntries(namesKept(fields).map((name) => [name, textOf(kept, name)]))
}

/** Keeps values by the names of the fields that are no secrets, so that nothing else can come along. */
export function keepTypedValues(store: Store, key: string, fields: Fields, typed: TypedValues): void {
	const kept = namesKept(fields).map((name) => [name, typed[name] ?? ''] as const)
	if (kept.every(([, value]) => value === '')) store.removeItem(key)
	else store.setItem(key, JSON.stringify(Object.fromEntries(kept)))
}

export function dropTypedValues(store: Store, key: string): void {
	store.removeItem(key)
}

function namesKept(fields: Fields): readonly string[] {
	return fields.filter(({ kind }) => kind !== 'secret').map(({ name }) => name)
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
