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
