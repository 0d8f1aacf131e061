import { localStorageColorSchemeManager, MantineProvider } from '@mantine/core'
import { QueryClientProvider } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { queryClient } from './api/query-client.ts'
import { cspNonce } from './csp-nonce.ts'
import { StepUp } from './shell/step-up.tsx'
import { cssVariables, theme } from './theme.ts'
import { Announcer } from './ui/announcer.tsx'

const colorSchemes = localStorageColorSchemeManager({ key: 'postern.colors' })

export function Providers({ children }: { readonly children: ReactNode }) {
	return (
		<MantineProvider
			theme={theme}
			cssVariablesResolver={cssVariables}
			defaultColorScheme="auto"
			colorSchemeManager={colorSchemes}
			getStyleNonce={() => cspNonce}
		>
			<QueryClientProvider client={queryClient}>
				{children}
				<StepUp />
				<Announcer />
			</QueryClientProvider>
		</MantineProvider>
	)
}
