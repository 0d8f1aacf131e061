import { Group } from '@mantine/core'
import type { ReactNode } from 'react'

/** The row of buttons that ends a dialog or form. */
export function DialogButtons({ children }: { readonly children: ReactNode }) {
	return (
		<Group justify="flex-end" gap="sm" mt="lg">
			{children}
		</Group>
	)
}
