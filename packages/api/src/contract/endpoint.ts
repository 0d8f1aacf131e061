import type { PosternScope, ProblemCode, Role } from '@postern/vocabulary'
import type * as z from 'zod/mini'

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

/** Who may call: anybody, whoever is signed in, or a member of the workspace in the path with at least this role. */
export type Access = 'anybody' | 'signed-in' | Role

/** One operation of the HTTP API as data: handlers, the OpenAPI document and the typed client are made from it. */
export type Endpoint<
	Path extends string = string,
	Query extends z.ZodMiniType = z.ZodMiniType,
	Body extends z.ZodMiniType = z.ZodMiniType,
	Output extends z.ZodMiniType = z.ZodMiniType,
	Event extends z.ZodMiniType = z.ZodMiniType,
> = {
	readonly method: Method
	/** Below `/api/v1`; `{name}` is a path parameter. */
	readonly path: Path
	readonly summary: string
	readonly access: Access
	/** What an application password needs for it; `any`: nothing. Without one, no application password may call it. */
	readonly scope?: PosternScope | 'any'
	/** Without one, query parameters are ignored. */
	readonly query?: Query
	/** Without one, the request has no body. */
	readonly body?: Body
	/** Without one, success is 204. */
	readonly output?: Output
	/** With one, the answer is a `text/event-stream` of these; what goes wrong once it has begun is its last event. */
	readonly event?: Event
	/** With them, the answer is a file of one of these media types, streamed; one that is cut off is not whole. */
	readonly download?: readonly string[]
	/** Beyond those that any endpoint of its access, parameters and body may answer with; none of a stream's last event. */
	readonly problems: readonly ProblemCode[]
}

type Parameters<Path extends string> = Path extends `${string}{${infer Name}}${infer Rest}`
	? { readonly [K in Name]: string } & Parameters<Rest>
	: unknown

type Part<Key extends string, Schema> = Schema extends z.ZodMiniType
	? { readonly [K in Key]: z.input<Schema> }
	: unknown

/** A query of which nothing has to be said may be left out. */
type QueryPart<Schema> = Schema extends z.ZodMiniType
	? Partial<z.input<Schema>> extends z.input<Schema>
		? Partial<Part<'query', Schema>>
		: Part<'query', Schema>
	: unknown

/** What a caller gives: path parameters, query and body. */
export type InputOf<E extends Endpoint> = object &
	Parameters<E['path']> &
	QueryPart<E['query']> &
	Part<'body', E['body']>

/** What a caller gets. */
export type OutputOf<E extends Endpoint> = E['output'] extends z.ZodMiniType ? z.output<E['output']> : void
/** What a handler reads. */
export type BodyOf<E extends Endpoint> = E['body'] extends z.ZodMiniType ? z.output<E['body']> : undefined
export type EventOf<E extends Endpoint> = E['event'] extends z.ZodMiniType ? z.output<E['event']> : never

/** Keeps the literal types of an endpoint, and checks its shape. */
export function endpoint<const E extends Endpoint>(definition: E): E {
	return definition
}
