/** What we use of clients that bring no types. */
declare module 'wpapi' {
	type Asked = {
		get(): Promise<unknown>
		create(data: unknown): Promise<unknown>
		update(data: unknown): Promise<unknown>
		delete(parameters: unknown): Promise<unknown>
		param(name: string, value: string): Asked
		id(value: number): Asked
		perPage(value: number): Asked
		file(path: string, name?: string): Asked
	}
	type Parts = Asked & { owner(value: string): Parts; applicationPasswords(): Parts; uuid(value: string): Parts }
	type Options = {
		readonly endpoint: string
		readonly username?: string
		readonly password?: string
		readonly routes?: unknown
	}
	class WPAPI {
		constructor(options: Options)
		static discover(url: string): Promise<WPAPI>
		auth(credentials: { readonly username: string; readonly password: string }): WPAPI
		root(): Asked
		users(): Asked & { me(): Asked }
		posts(): Asked
		media(): Asked
		/** Gives functions for each part of the route, in its own names. */
		registerRoute(namespace: string, route: string): (this: WPAPI) => Parts
	}
	export = WPAPI
}

declare module 'wordpress' {
	type Done = (error: Error | null, answer?: unknown) => void
	export type Client = {
		call(method: string, ...parametersAndDone: readonly [...unknown[], Done]): void
		authenticatedCall(method: string, ...parametersAndDone: readonly [...unknown[], Done]): void
		listMethods(done: Done): void
		newPost(data: unknown, done: Done): void
		editPost(id: string, data: unknown, done: Done): void
		getPost(id: string, done: Done): void
		uploadFile(data: unknown, done: Done): void
	}
	export function createClient(settings: {
		readonly url: string
		readonly username: string
		readonly password: string
	}): Client
}
