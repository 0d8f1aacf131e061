export type { Access, Need, Permit, PostCondition, Principal, SiteFacts } from './access.ts'
export type {
	BodyKind,
	Fields,
	FieldValue,
	GatewayRequest,
	RestBody,
	RestHead,
	RestMethod,
	RestRequest,
	RestWire,
	XmlRpcGatewayCall,
	XmlRpcGatewayRequest,
} from './request.ts'
export { embeddedRelations } from './rest/embedded.ts'
export { withFields, withoutFields } from './rest/read-body.ts'
export { readRestHead } from './rest/read-head.ts'
export { isRestTarget } from './rest/read-target.ts'
export { writeRest, type WriteOptions, type WrittenRest } from './rest/write-rest.ts'
