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

/** A failure. Only a verdict about the credential or the site's set-up asks for a person; what may pass by itself does not. */
export function failingHealth(diagnosis: Diagnosis, checkedAt: Date, latencyMs: number): ConnectorHealth {
	return { state: failingState(diagnosis.code), diagnosis, checkedAt, latencyMs }
}

function failingState(code: Diagnosis['code']): CheckedState {
	if (code === 'site/maintenance') return 'maintenance'
	if (code.startsWith('network/') || code === 'site/unavailable' || code === 'site/rate-limited') return 'unreachable'
	if (code === 'response/malformed' || code === 'site/fatal-error') return 'unreachable'
	return 'needs-attention'
}
