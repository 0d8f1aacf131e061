/* oxlint-disable import/no-unassigned-import -- styles, and what must run before everything else */
import './without-eval.ts'
import './trusted-types.ts'
import './csp-nonce.ts'
import '@mantine/core/styles.layer.css'
import './theme.css'
import { RouterProvider } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { Providers } from './providers.tsx'
import { router } from './router.tsx'
import { startTexts } from './texts/language.ts'

const root = document.getElementById('root')
if (!root) throw new Error('index.html has no #root')

await startTexts()
createRoot(root).render(
	<StrictMode>
		<Providers>
			<RouterProvider router={router} />
		</Providers>
	</StrictMode>,
)
