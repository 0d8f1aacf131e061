export { createAuthorizePage } from './authorize/create-authorize-page.ts'
export { authorizeTexts } from './authorize/built-in-texts.ts'
export { fieldText, fieldTexts } from './authorize/form-fields.ts'
export { html, type Html, type Insertable } from './authorize/html.ts'
export type {
	Approval,
	AskedFault,
	AuthorizePageOptions,
	Controls,
	Fault,
	Form,
	Showing,
	Visitor,
} from './authorize/options.ts'
export { say, type AuthorizeTexts, type PageLanguage } from './authorize/texts.ts'
