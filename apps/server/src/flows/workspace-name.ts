import { fail, type Result } from '@postern/vocabulary'
import { readConnectorName } from './connector-name.ts'

const limit = 100

/** Reads a workspace's name as typed, by the rules of connector names. Fails with `workspace/name-malformed`. */
export function readWorkspaceName(typed: string): Result<string> {
	const name = readConnectorName(typed)
	return name.ok ? name : fail('workspace/name-malformed', { params: { limit } })
}
