import { fail, ok, type Result, Secret } from '@postern/vocabulary'
import { createDataKey, type DataKeyRecords, unwrapDataKey, type WrappedDataKey } from './data-keys.ts'
import type { KeyEncryptionKey } from './key-source.ts'
import { closeBox, keyIdOf, type NamedKey, openBox } from './sealed-box.ts'

/** Where a secret lies, and for whom it is meant. A sealed secret opens only in the place it was sealed for. */
export type SealPlace = {
	readonly workspaceId: string
	readonly table: string
	readonly column: string
	readonly rowId: string
	/** The one origin the secret may be sent to; empty for a secret that belongs to no site. */
	readonly siteOrigin: string
	/** Grows with every seal of the row, so that yesterday's does not open today. */
	readonly version: number
}

export type Vault = {
	/**
	 * Seals with the workspace's data key; the first seal makes it. Fails with `vault/cannot-open` when that key does not
	 * open. Asks the records, so it belongs before a transaction of the same store, not inside.
	 */
	seal(secret: Secret, place: SealPlace): Promise<Result<Uint8Array>>
	/** Fails with `vault/cannot-open` when anything differs: key, place, or a single bit. At once where the records answer at once. */
	unseal(sealed: Uint8Array, place: SealPlace): Result<Secret> | Promise<Result<Secret>>
}

export function createVault(ports: { kek: KeyEncryptionKey; dataKeys: DataKeyRecords }): Vault {
	const open = createKeyRing(ports.kek)
	return {
		async seal(secret, place) {
			const text = secret.reveal()
			if (!text.isWellFormed()) throw new TypeError('a secret with half a surrogate pair would come back changed')
			const key = await currentKey(ports, open, place.workspaceId)
			return key.ok ? ok(sealText(text, key.value, place)) : key
		},

		unseal(sealed, place) {
			const keyId = keyIdOf(sealed)
			if (keyId === undefined) return cannotOpen('no sealed secret of a known format')
			const found = ports.dataKeys.find(place.workspaceId, keyId)
			const unsealWith = (record: WrappedDataKey | undefined) => unsealText(sealed, place, record && open(record))
			return found instanceof Promise ? found.then(unsealWith) : unsealWith(found)
		},
	}
}

function unsealText(sealed: Uint8Array, place: SealPlace, key: NamedKey | undefined): Result<Secret> {
	if (key === undefined) return cannotOpen('its data key is missing, or does not open')
	const plaintext = openBox(sealed, key, placeContext(place))
	if (plaintext === undefined) return cannotOpen('sealed for another place, or changed')
	const secret = new Secret(plaintext.toString('utf8'))
	plaintext.fill(0)
	return ok(secret)
}

function sealText(text: string, key: NamedKey, place: SealPlace): Uint8Array {
	const plaintext = Buffer.from(text, 'utf8')
	const sealed = closeBox(plaintext, key, placeContext(place))
	plaintext.fill(0)
	return sealed
}

/** The same list for the same place: who opens a secret often keeps its place. */
function placeContext(place: SealPlace): readonly string[] {
	const known = contexts.get(place)
	if (known !== undefined) return known
	const { workspaceId, table, column, rowId, siteOrigin, version } = place
	const context = ['secret', workspaceId, table, column, rowId, siteOrigin, String(version)]
	contexts.set(place, context)
	return context
}

const contexts = new WeakMap<SealPlace, readonly string[]>()

async function currentKey(
	{ kek, dataKeys }: { kek: KeyEncryptionKey; dataKeys: DataKeyRecords },
	open: KeyRing,
	workspaceId: string,
): Promise<Result<NamedKey>> {
	const record = await dataKeys.findCurrent(workspaceId)
	if (record !== undefined) {
		const key = open(record)
		return key === undefined ? cannotOpen('the workspace’s data key does not open') : ok(key)
	}
	const created = createDataKey(kek, workspaceId)
	await dataKeys.save(created.record)
	return ok(created.key)
}

function cannotOpen(reason: string): Result<never> {
	return fail('vault/cannot-open', { cause: new Error(reason) })
}

type KeyRing = (record: WrappedDataKey) => NamedKey | undefined

const MAX_OPEN_KEYS = 1_000

/**
 * Keeps the last opened data keys. A record is looked at each time, so one that was changed or removed counts at once; the very
 * same object is the same record.
 */
function createKeyRing(kek: KeyEncryptionKey): KeyRing {
	const byRecord = new WeakMap<WrappedDataKey, NamedKey>()
	const opened = new Map<string, NamedKey>()
	const openOnce = (record: WrappedDataKey): NamedKey | undefined => {
		const name = JSON.stringify([record.workspaceId, record.keyId, Buffer.from(record.wrapped).toString('base64')])
		const known = opened.get(name)
		if (known !== undefined) return known
		const key = unwrapDataKey(kek, record)
		if (key === undefined) return undefined
		opened.set(name, key)
		if (opened.size > MAX_OPEN_KEYS) {
			const oldest = opened.keys().next()
			if (!oldest.done) opened.delete(oldest.value)
		}
		return key
	}
	return (record) => {
		const known = byRecord.get(record)
		if (known !== undefined) return known
		const key = openOnce(record)
		if (key !== undefined) byRecord.set(record, key)
		return key
	}
}
