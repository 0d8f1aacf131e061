import type { ConnectorDocument } from '@postern/api/contract'
import { useEffect, useState } from 'react'
import { useMe, useWorkspace } from '../../../../api/session.ts'
import { typedValuesKey } from '../typed-values.ts'
import { hostTyped, keepReach, plainReach, readReach, reachOf, type TypedReach } from './typed-reach.ts'

/**
 * How the site is to be reached. It counts for the one host it was chosen for: a login or a certificate of one site is nothing for
 * another. All but the password outlives a reload of this tab; reconnecting begins with what is.
 */
export function useTypedReach(typeId: string, address: string, connector: ConnectorDocument | undefined) {
	const key = `${typedValuesKey(useMe().account.id, useWorkspace().id, typeId)}.reach`
	const host = hostTyped(address)
	const [kept, setKept] = useState(() =>
		connector ? { host, reach: reachOf(connector) } : readReach(sessionStorage.getItem(key)),
	)
	const isKept = connector === undefined
	useEffect(() => {
		if (isKept) keepReach(sessionStorage, key, kept)
	}, [isKept, key, kept])
	return {
		// Before there is any address it is for the one that is typed next.
		reach: kept.host === host || kept.host === '' ? kept.reach : plainReach,
		set: (reach: TypedReach) => setKept({ host, reach }),
		/** The address is whole now. */
		bind: (whole: string) => kept.host === '' && setKept({ ...kept, host: hostTyped(whole) }),
	}
}
