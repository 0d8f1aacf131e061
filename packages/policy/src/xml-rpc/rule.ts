import { fail, ok, type Result, type Scope, type StaticScope } from '@postern/vocabulary'
import { isXmlRpcArray, isXmlRpcStruct, type XmlRpcStruct, type XmlRpcValue } from '@postern/wordpress'
import type { Access, SiteFacts } from '../access.ts'

export type Params = readonly XmlRpcValue[]
/** Names what a call does; `isWrite` is filled in from the table of methods. */
export type Rule = (params: Params, site: SiteFacts) => Result<readonly Asked[]>
export type Asked = Omit<Access, 'isWrite'>

/** For every password that reaches the site. */
export const everybody: Rule = () => ok([{ needs: [{ scopes: [] }] }])
export const nobody: Rule = () => ok([{ needs: [] }])
export const everything: Asked = { needs: [{ scopes: ['site:everything'] }] }

export function scope(name: StaticScope): Rule {
	return () => ok([needing(name)])
}

export function needing(...scopes: readonly Scope[]): Asked {
	return { needs: [{ scopes }] }
}

export function refuse(name: string): Result<never> {
	return fail('gateway/parameter-refused', { params: { name } })
}

/** A positive whole number, or its digits and nothing else: PHP makes one of almost anything. */
export function readId(value: XmlRpcValue | undefined): number | undefined {
	const isNumber = typeof value === 'number' || (typeof value === 'string' && /^\d{1,15}$/.test(value))
	const id = isNumber ? Number(value) : 0
	return Number.isSafeInteger(id) && id > 0 ? id : undefined
}

/** A struct; an empty list is one, too, as PHP writes it. */
export function readStruct(value: XmlRpcValue | undefined): XmlRpcStruct | undefined {
	if (value === undefined) return undefined
	if (isXmlRpcArray(value)) return value.length === 0 ? {} : undefined
	return isXmlRpcStruct(value) ? value : undefined
}

export function memberOf(struct: XmlRpcStruct, name: string): XmlRpcValue | undefined {
	return Object.hasOwn(struct, name) ? struct[name] : undefined
}

/** What PHP takes for false. */
export function isFalsy(value: XmlRpcValue | undefined): boolean {
	if (value === undefined || value === '' || value === '0' || value === 0 || value === false) return true
	if (typeof value !== 'object') return false
	return isXmlRpcArray(value) ? value.length === 0 : isXmlRpcStruct(value) && Object.keys(value).length === 0
}
