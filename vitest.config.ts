import { defineConfig } from 'vitest/config'

export default defineConfig({
	test: {
		projects: [
			{
				test: {
					name: 'unit',
					include: [
						'packages/*/src/**/*.test.ts',
						'apps/*/src/**/*.test.ts',
						'scripts/**/*.test.ts',
						'examples/**/*.test.ts',
					],
				},
			},
			{
				test: {
					name: 'conformance',
					include: ['conformance/**/*.test.ts'],
					testTimeout: 120_000,
					hookTimeout: 600_000,
					fileParallelism: false,
				},
			},
			{
				test: {
					name: 'e2e',
					include: ['e2e/**/*.test.ts'],
					setupFiles: ['e2e/testing/picture-failures.ts'],
					testTimeout: 180_000,
					hookTimeout: 600_000,
					fileParallelism: false,
				},
			},
		],
	},
})
