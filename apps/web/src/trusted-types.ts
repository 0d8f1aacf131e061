/**
 * Lets style sheets through, which Mantine writes as text, and nothing that could hold a tag: under
 * `require-trusted-types-for 'script'` every other use of markup as text is refused.
 */
window.trustedTypes?.createPolicy('default', { createHTML: (text) => (text.includes('<') ? null : text) })
