import { html, type Html } from '@postern/app-passwords/authorize'

type TickBox = {
	readonly id: string
	readonly name: string
	readonly value: string
	readonly isTicked: boolean
	readonly label: Html | string
}

export function tickBox({ id, name, value, isTicked, label }: TickBox): Html {
	return html`<div class="choice">
		<input type="checkbox" id="${id}" name="${name}" value="${value}" ${isTicked && html` checked`} />
		<label for="${id}">${label}</label>
	</div>`
}
