export type BoundedMap<V> = {
	readonly size: number
	get(key: string): V | undefined
	/** Sets it, and makes it the latest. The one set longest ago goes when there are too many. */
	set(key: string, value: V): void
	delete(key: string): void
}

/** A map that cannot grow without end, whatever strangers send. */
export function createBoundedMap<V>(limit: number): BoundedMap<V> {
	const entries = new Map<string, V>()
	return {
		get size() {
			return entries.size
		},
		get: (key) => entries.get(key),
		set(key, value) {
			entries.delete(key)
			entries.set(key, value)
			if (entries.size <= limit) return
			const [oldest] = entries.keys()
			if (oldest !== undefined) entries.delete(oldest)
		},
		delete: (key) => void entries.delete(key),
	}
}
