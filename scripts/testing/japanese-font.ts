import { existsSync } from 'node:fs'
import { runCommand } from './run-command.ts'

const KNOWN_FONTS = [
	'/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc',
	'/usr/share/fonts/truetype/fonts-japanese-gothic.ttf',
	'/System/Library/Fonts/ヒラギノ角ゴシック W3.ttc',
]

/** Fails when Japanese would show as boxes: a screenshot with boxes must not pass for one with text. */
export async function requireJapaneseFont(): Promise<void> {
	if (await hasJapaneseFont()) return
	throw new Error('No font on this machine can show Japanese. apt-get install fonts-noto-cjk')
}

async function hasJapaneseFont(): Promise<boolean> {
	const listed = await runCommand('fc-list', [':lang=ja', 'family']).catch(() => '')
	return listed.trim() !== '' || KNOWN_FONTS.some((path) => existsSync(path))
}
