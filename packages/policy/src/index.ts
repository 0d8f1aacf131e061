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
export { withFields, withoutFields } from './rest/read-body.ts'
export { readRestHead } from './rest/read-head.ts'
export { isRestTarget } from './rest/read-target.ts'
export { writeRest, type WriteOptions, type WrittenRest } from './rest/write-rest.ts'
export { createMediaForm, type MediaForm, type MediaFormOptions } from './rest/media-form.ts'
export { accessesOfRest } from './accesses-of-rest.ts'
export { decide, missingOfBlocks, mustFilterHtml } from './decide.ts'
export { embedRelationsOf } from './embeds.ts'
export { holdsUnfilteredHtml } from './html/holds-unfiltered-html.ts'
export { holdsUnfilteredLine } from './html/holds-unfiltered-line.ts'
export { refuseUnmet, type FoundPost } from './refuse-unmet.ts'
export { accessesOfXmlRpc } from './xml-rpc/accesses-of-xml-rpc.ts'
export { answerLocally } from './xml-rpc/local-answers.ts'
export { nameXmlRpcCall } from './xml-rpc/name-xml-rpc-call.ts'
export { readPostAnswer, writePostQuestion } from './xml-rpc/post-question.ts'
export { readXmlRpcRequest, type XmlRpcGatewayRead } from './xml-rpc/read-xml-rpc-request.ts'
export { writeXmlRpc } from './xml-rpc/write-xml-rpc.ts'
export type { XmlRpcFault } from './xml-rpc/xml-rpc-fault.ts'
export { describeRoutes, routeMethods, type DescribedRoute } from './routes/describe-routes.ts'
