/**
 * What the page does beyond plain HTML, as a file of its own: the policy admits no script within the page. Approve waits until
 * the page was visible for a moment, anew whenever it comes into view, so that a click meant for something else approves
 * nothing. One press is one answer.
 */
export const pageScript = `'use strict'
for (const form of document.querySelectorAll('form[data-arm-ms]')) {
	const approve = form.querySelector('button[name="approve"]')
	let timer
	let isAnswered = false
	const arm = () => {
		clearTimeout(timer)
		if (isAnswered) return
		approve.disabled = true
		if (document.visibilityState !== 'visible') return
		timer = setTimeout(() => (approve.disabled = false), Number(form.dataset.armMs))
	}
	arm()
	window.addEventListener('focus', arm)
	document.addEventListener('visibilitychange', arm)
	form.addEventListener('submit', (event) => {
		if (isAnswered) return event.preventDefault()
		isAnswered = true
		// A disabled button would not be sent; the next turn is soon enough.
		setTimeout(() => {
			for (const button of form.querySelectorAll('button')) button.disabled = true
			const status = form.querySelector('[data-sent]')
			status.textContent = status.dataset.sent
		})
	})
	// Somebody who comes back by the browser's own button sees the page as it was left.
	window.addEventListener('pageshow', (event) => {
		if (event.persisted) location.replace(form.dataset.here)
	})
}
for (const button of document.querySelectorAll('button[data-copies]')) {
	const field = document.getElementById(button.dataset.copies)
	const status = document.getElementById(button.dataset.announces)
	button.hidden = navigator.clipboard === undefined
	button.addEventListener('click', async () => {
		field.select()
		await navigator.clipboard.writeText(field.value)
		status.textContent = button.dataset.copied
		setTimeout(() => (status.textContent = ''), 3000)
	})
}
for (const alert of document.querySelectorAll('[data-focus]')) alert.focus()
`
