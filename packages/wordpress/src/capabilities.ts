import type { Permission } from '@postern/vocabulary'
import { asRecord } from './json-reading.ts'

const NEEDED: readonly (readonly [Permission, string])[] = [
	['read', 'read'],
	['draft', 'edit_posts'],
	['publish', 'publish_posts'],
	['edit-others', 'edit_others_posts'],
	['pages', 'edit_pages'],
	['upload', 'upload_files'],
	['categories', 'manage_categories'],
	['moderate-comments', 'moderate_comments'],
	['manage-users', 'edit_users'],
	['manage-site', 'manage_options'],
]

/** Lists the granted capabilities, sorted, 500 at most. A value counts as WordPress counts it: anything PHP calls not empty. */
export function grantedCapabilities(capabilities: unknown): string[] {
	return Object.entries(asRecord(capabilities) ?? {})
		.filter(([name, value]) => /^[\w:.-]{1,100}$/.test(name) && isNotEmpty(value))
		.map(([name]) => name)
		.sort()
		.slice(0, 500)
}

/** Sums capabilities up into what a person wants to know. */
export function summarizeCapabilities(capabilities: unknown): Permission[] {
	const granted = asRecord(capabilities) ?? {}
	return NEEDED.filter(([, capability]) => isNotEmpty(granted[capability])).map(([permission]) => permission)
}

function isNotEmpty(value: unknown): boolean {
	if (Array.isArray(value)) return value.length > 0
	return value !== undefined && value !== null && value !== false && value !== 0 && value !== '' && value !== '0'
}
