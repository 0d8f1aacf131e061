export type PhpNotice = { readonly file: string; readonly line: number; readonly message: string }

/** Finds where PHP says that a warning comes from (`Warning: … in /var/www/plugin.php on line 7`), tags being gone already. */
export function readPhpNotice(text: string): PhpNotice | undefined {
	const start = text.search(/\b(?:warning|notice|deprecated|strict standards|parse error|fatal error)\b/i)
	if (start < 0) return undefined
	const said = text.slice(start)
	const place = /\sin\s+(\S{1,200})\s+on\s+line\s+(\d{1,7})/i.exec(said)
	const [, file, line] = place ?? []
	if (place === null || file === undefined) return undefined
	return { file, line: Number(line), message: said.slice(0, place.index).trim() }
}
