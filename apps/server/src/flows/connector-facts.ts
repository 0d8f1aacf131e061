import type { Diagnosis, Permission } from '@postern/vocabulary'
import { type CheckedState, type ConnectorHealth, workingState } from '../store/connector/connector.ts'

/** A success. */
export function healthOf(
	{ permissions }: { readonly permissions: readonly Permission[] },
	checkedAt: Date,
	latencyMs: number,
): ConnectorHealth {
	return { state: workingState(permissions), diagnosis: null, checkedAt, latencyMs }
}

/** A failure. Only a verdict about the credential asks for a person; what is wrong with the site may pass by itself. */
export function failingHealth(diagnosis: Diagnosis, checkedAt: Date, latencyMs: number): ConnectorHealth {
	return { state: failingState(diagnosis.code), diagnosis, checkedAt, latencyMs }
}

function failingState(code: Diagnosis['code']): CheckedState {
	if (code === 'site/maintenance') return 'maintenance'
	return /^(?:site-credential|application-passwords|vault)\//.test(code) ? 'needs-attention' : 'unreachable'
}
