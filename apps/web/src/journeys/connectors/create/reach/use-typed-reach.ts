import type { ConnectorDocument } from '@postern/api/contract'
import { useEffect, useState } from 'react'
import { useMe, useWorkspace } from '../../../../api/session.ts'
import { typedValuesKey } from '../typed-values.ts'
import { isPlain, readReach, reachOf, withoutSecret } from './typed-reach.ts'

/** How the site is to be reached. All but the password outlives a reload of this tab; reconnecting begins with what is. */
export function useTypedReach(typeId: string, connector: ConnectorDocument | undefined) {
	const key = `${typedValuesKey(useMe().account.id, useWorkspace().id, typeId)}.reach`
	const [reach, setReach] = useState(() => (connector ? reachOf(connector) : readReach(sessionStorage.getItem(key))))
	const isKept = connector === undefined
	useEffect(() => {
		if (!isKept) return
		if (isPlain(reach)) sessionStorage.removeItem(key)
		else sessionStorage.setItem(key, JSON.stringify(withoutSecret(reach)))
	}, [isKept, key, reach])
	return [reach, setReach] as const
}
