import { Secret } from '@postern/vocabulary'
import {
	formatBasicCredentials,
	formatXmlRpcCall,
	readXmlRpcResponse,
	type XmlRpcAnswer,
	type XmlRpcValue,
} from '@postern/wordpress'

export type Answer = { readonly status: number; readonly headers: Headers; readonly text: string }

/** Reads every body to its end: undici trips over one that is left lying when PHP closes the connection. */
export async function ask(url: string | URL, init: RequestInit = {}): Promise<Answer> {
	const response = await fetch(url, { redirect: 'manual', ...init })
	return { status: response.status, headers: response.headers, text: await response.text() }
}

export async function askJson(
	url: string | URL,
	headers: Readonly<Record<string, string>> = {},
): Promise<{ readonly status: number; readonly body: unknown }> {
	const { status, text } = await ask(url, { headers })
	return { status, body: JSON.parse(text) }
}

export function basic(username: string, password: string): { readonly Authorization: string } {
	return { Authorization: formatBasicCredentials(username, new Secret(password)) }
}

/** Calls a method that takes a username and a password; they travel in the body, where no web server looks. */
export async function callXmlRpc(
	siteUrl: string,
	method: string,
	parameters: readonly XmlRpcValue[],
): Promise<XmlRpcAnswer & { readonly status: number }> {
	const { status, text } = await ask(`${siteUrl}/xmlrpc.php`, {
		method: 'POST',
		headers: { 'Content-Type': 'text/xml' },
		body: formatXmlRpcCall(method, parameters),
	})
	return { ...readXmlRpcResponse(text), status }
}
