import type { ServerResponse } from 'node:http'
import type { Dispatcher } from 'undici'

/** Passes an answer on as it comes, and stops reading while nobody takes it. */
export class Pipe implements Dispatcher.DispatchHandler {
	private readonly response: ServerResponse
	constructor(response: ServerResponse) {
		this.response = response
	}
	onRequestStart(): void {
		// nothing to prepare
	}
	onResponseStart(
		_controller: Dispatcher.DispatchController,
		status: number,
		headers: Record<string, string | string[]>,
	): void {
		this.response.writeHead(status, headers)
	}
	onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
		if (this.response.write(chunk)) return
		controller.pause()
		this.response.once('drain', () => controller.resume())
	}
	onResponseEnd(): void {
		this.response.end()
	}
	onResponseError(): void {
		this.response.destroy()
	}
}
