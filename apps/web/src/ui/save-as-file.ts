/** Gives a text to the browser's downloads. The address behind it lives only for the moment of the click. */
export function saveAsFile(name: string, text: string): void {
	const address = URL.createObjectURL(new Blob([text], { type: 'text/plain;charset=utf-8' }))
	const link = document.createElement('a')
	link.href = address
	link.download = name
	link.click()
	setTimeout(() => URL.revokeObjectURL(address), 1_000)
}
