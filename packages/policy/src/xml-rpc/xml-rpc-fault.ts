export type XmlRpcFault = { readonly fault: number; readonly message: string }

/** What is refused before anybody logs in, in WordPress' words. */
export const faults = {
	[-32_601]: { fault: -32_601, message: 'server error. requested method does not exist.' },
	[-32_602]: { fault: -32_602, message: 'server error. invalid method parameters' },
	[-32_600]: { fault: -32_600, message: 'Recursive calls to system.multicall are forbidden' },
	400: { fault: 400, message: 'Insufficient arguments passed to this XML-RPC method.' },
	403: { fault: 403, message: 'Incorrect username or password.' },
} as const satisfies Record<number, XmlRpcFault>
