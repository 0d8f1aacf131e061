import type { XmlRpcValue } from '@postern/wordpress'

/** What a method gives: a value, or a fault in WordPress' numbers. */
export type MethodOutcome =
	| { readonly ok: true; readonly value: XmlRpcValue }
	| { readonly ok: false; readonly fault: number; readonly message: string }

export type Fault = Extract<MethodOutcome, { ok: false }>

export function give(value: XmlRpcValue): MethodOutcome {
	return { ok: true, value }
}

export function fault(code: number, message: string): Fault {
	return { ok: false, fault: code, message }
}

export const loginFailed = fault(403, 'Incorrect username or password.')
export const tooFewArguments = fault(400, 'Insufficient arguments passed to this XML-RPC method.')
export const unknownMethod = fault(-32_601, 'server error. requested method does not exist.')
