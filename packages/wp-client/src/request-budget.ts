/** How many requests an attempt may still make. One object is handed along from `discover` to `verifySiteCredential`. */
export type RequestBudget = {
	/** Takes one request; false when none is left beyond `reserve`. */
	readonly take: (reserve?: number) => boolean
	readonly left: () => number
}

export function createRequestBudget(requests = 12): RequestBudget {
	let left = requests
	return {
		take: (reserve = 0) => {
			if (left <= reserve) return false
			left -= 1
			return true
		},
		left: () => left,
	}
}
