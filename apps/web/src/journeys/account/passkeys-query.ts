import { contract } from '@postern/api/contract'
import { queryOptions } from '@tanstack/react-query'
import { askApi } from '../../api/client.ts'

export const passkeysKey = ['passkeys'] as const

export const passkeysQuery = queryOptions({
	queryKey: passkeysKey,
	queryFn: ({ signal }) => askApi(contract.listPasskeys, {}, signal),
})
