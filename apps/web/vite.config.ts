import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

const server = process.env['POSTERN_URL'] ?? 'http://localhost:4600'
const proxy = { '/api': { target: server, changeOrigin: true } }

export default defineConfig({
	plugins: [react()],
	build: {
		outDir: 'dist',
		emptyOutDir: true,
		assetsDir: 'assets',
		// The content security policy allows files of our own origin only: nothing inline, no polyfill script.
		assetsInlineLimit: 0,
		modulePreload: { polyfill: false },
		sourcemap: false,
		manifest: true,
		target: 'es2023',
		// The first browsers with light-dark(): rewriting it for older ones would lose the choice of colors.
		cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
		chunkSizeWarningLimit: 900,
	},
	server: { proxy },
	preview: { proxy },
})
