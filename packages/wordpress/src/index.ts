export { readApiRoot, restUrl, withoutClosingSlashes, type ApiRoot, type RestQuery } from './api-root.ts'
export { sanitizeApplicationName } from './application-name.ts'
export { chunkPassword, isWordPressUuid, stripToAlphanumerics } from './application-password.ts'
export {
	parseAuthorizeQuery,
	type AuthorizeFault,
	type AuthorizeParameter,
	type AuthorizeQuery,
	type AuthorizeRequest,
} from './authorize-query.ts'
export { type Approval, isSameApprovedSite, readApproval, writeApprovalUrl } from './authorize-return.ts'
export { formatBasicCredentials, readBasicCredentials, type BasicCredentials } from './basic-credentials.ts'
export { grantedCapabilities, summarizeCapabilities } from './capabilities.ts'
export { defaultCapabilities, type WordPressRole } from './default-capabilities.ts'
export { asRecord, asText } from './json-reading.ts'
export { isReadByPhpAs } from './php-parameter.ts'
export { passwordShape, type PasswordShape } from './password-shape.ts'
export { readPostTypes, type SitePostType } from './post-types.ts'
export { readTaxonomies, type SiteTaxonomy } from './taxonomies.ts'
export { decodeEntities, quoteText } from './quoted-text.ts'
export { readXmlRpcResponse, type XmlRpcAnswer } from './read-xml-rpc.ts'
export {
	readXmlRpcCall,
	readXmlRpcSubCall,
	type XmlRpcCall,
	type XmlRpcReason,
	type XmlRpcRefusal,
	type XmlRpcRequest,
	type XmlRpcSubCall,
} from './read-xml-rpc-call.ts'
export {
	appendOutcome,
	readRedirectUrl,
	type RedirectError,
	type RedirectReason,
	type RedirectRefusal,
	type RedirectUrl,
} from './redirect-url.ts'
export { trimAsPhp } from './read-xml-rpc-value.ts'
export { readRestError, type RestError } from './rest-error.ts'
export { readSiteIndex, type SiteIndex } from './site-index.ts'
export { readSiteJson, type SiteJson } from './site-json.ts'
export { readSiteUser, type SiteUser } from './site-user.ts'
export { readUsername } from './username.ts'
export { findXmlRpcMethod, xmlRpcMethods, type XmlRpcMethod } from './xml-rpc-methods.ts'
export { formatXmlRpcCall, formatXmlRpcFault, formatXmlRpcResponse } from './write-xml-rpc.ts'
export { escapeXml, writableXml } from './xml-text.ts'
export {
	isXmlRpcArray,
	isXmlRpcStruct,
	XmlRpcBase64,
	XmlRpcDate,
	type XmlRpcStruct,
	type XmlRpcValue,
} from './xml-rpc-value.ts'
export { parseSiteAddress, sitePorts, stripKnownTail, type SiteAddress } from './site-address.ts'
