import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { html } from './html.ts'

describe('html', () => {
	it('escapes whatever is put in, and nothing twice', () => {
		const inner = html`<b>${'<script>"&\'</script>'}</b>`
		expect(String(html`<p title="${'" onclick="x'}">${inner}</p>`)).toBe(
			'<p title="&quot; onclick=&quot;x"><b>&lt;script&gt;&quot;&amp;&#39;&lt;/script&gt;</b></p>',
		)
	})

	it('lets no text open a tag or leave its quotes', () => {
		fc.assert(fc.property(fc.string(), (text) => !/[<>"']/.test(String(html`${text}`))))
	})

	it('writes lists in order and leaves nothing for what is not there', () => {
		const items = ['a', 'b'].map((name) => html`<i>${name}</i>`)
		expect(String(html`${items}${undefined}${false}${0}`)).toBe('<i>a</i><i>b</i>0')
	})
})
