import { fail, ok, type Result } from '@postern/vocabulary'
import type { Connector } from '../store/connector/connector.ts'
import { foldForSearch } from '../store/storable.ts'
import type { Store, StoreFunctions } from '../store/store.ts'
import { type Change, recordChange } from './record-change.ts'

/** Characters as people count them. */
const lengthLimit = 40

/** Bytes, so that one letter with 5,000 accents is not a short tag. */
const byteLimit = 400

const countLimit = 20

/**
 * Reads a tag as typed: trimmed, kept as written otherwise. Fails with `connector-tag/malformed`, also for a comma and a
 * semicolon: lists of tags are written with them.
 */
export function readTag(typed: string): Result<string> {
	const tag = typed.trim().normalize('NFC')
	const isVisible = tag.replaceAll(/[\s\p{Cf}]/gu, '') !== '' && foldForSearch(tag) !== ''
	const isShort = Buffer.byteLength(tag) <= byteLimit && [...new Intl.Segmenter().segment(tag)].length <= lengthLimit
	const isClean = tag.isWellFormed() && !/[\p{Cc},;\u2028\u2029\u202a-\u202e\u2066-\u2069]/u.test(tag)
	return isVisible && isShort && isClean ? ok(tag) : fail('connector-tag/malformed', { params: { limit: lengthLimit } })
}

/** Reads all tags that a connector shall have. Fails with `connector-tag/malformed`, `connector-tag/limit`. */
export function readTags(typed: readonly string[]): Result<readonly string[]> {
	const tags: string[] = []
	for (const one of typed) {
		const tag = readTag(one)
		if (!tag.ok) return tag
		tags.push(tag.value)
	}
	return withinLimit(tags)
}

/** Gives a connector these tags and no others. They are read already. Fails with `request/not-found`. */
export function setTags(change: Change & { tags: readonly string[] }, store: Store): Promise<Result<Connector>> {
	return store.transaction((transaction) => changeTags(change, () => ok(change.tags), transaction))
}

/** Fails with `request/not-found`, `connector-tag/limit`. */
export function addTag(change: Change & { tag: string }, store: Store): Promise<Result<Connector>> {
	const add = (before: readonly string[]) => withinLimit([...before, change.tag])
	return store.transaction((transaction) => changeTags(change, add, transaction))
}

/** Does nothing where there is no such tag. Fails with `request/not-found`. */
export function removeTag(change: Change & { tag: string }, store: Store): Promise<Result<Connector>> {
	const key = foldForSearch(change.tag)
	const remove = (before: readonly string[]) => ok(before.filter((tag) => foldForSearch(tag) !== key))
	return store.transaction((transaction) => changeTags(change, remove, transaction))
}

/** Says in the log what was added and what was taken away, if anything was. */
export async function changeTags(
	change: Change,
	decide: (before: readonly string[]) => Result<readonly string[]>,
	transaction: StoreFunctions,
): Promise<Result<Connector>> {
	await transaction.workspaces.lock(change.workspaceId)
	const changed = await transaction.connectors.changeTags(change.workspaceId, change.connectorId, decide)
	if (changed === undefined) return fail('request/not-found')
	if (!changed.ok) return changed
	const { connector, added, removed } = changed.value
	for (const [event, tags] of [
		['connector.tagged', added],
		['connector.untagged', removed],
	] as const)
		if (tags.length > 0) await recordChange(change, event, connector, transaction, { tags: tags.join(', ') })
	return ok(connector)
}

function withinLimit(tags: readonly string[]): Result<readonly string[]> {
	const count = new Set(tags.map(foldForSearch)).size
	return count > countLimit ? fail('connector-tag/limit', { params: { limit: countLimit } }) : ok(tags)
}
