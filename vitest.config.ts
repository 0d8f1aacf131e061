import { defineConfig } from 'vitest/config'

// How long we wait for what has to come. A test that passes never waits so long; Vitest's own one second and five are what a
// busy machine takes for two statements or for a process to start.
const patience = { expect: { poll: { timeout: 20_000 } } }

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
					testTimeout: 60_000,
					hookTimeout: 120_000,
					...patience,
				},
			},
			{
				test: {
					name: 'conformance',
					include: ['conformance/**/*.test.ts'],
					testTimeout: 120_000,
					hookTimeout: 600_000,
					fileParallelism: false,
					...patience,
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
					...patience,
				},
			},
		],
	},
})
