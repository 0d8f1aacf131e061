import type { RestMethod } from '../request.ts'

/** Whether a route, in WordPress' own letter case, is the one that takes many requests at once. */
export function isBatchRoute(segments: readonly string[]): boolean {
	return segments.length === 2 && segments[0] === 'batch' && segments[1] === 'v1'
}

export function isBatch(head: { readonly method: RestMethod; readonly segments: readonly string[] }): boolean {
	return head.method === 'POST' && isBatchRoute(head.segments)
}
