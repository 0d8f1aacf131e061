import { isIP } from 'node:net'

/** Writes an IPv6 address as people know it (RFC 5952 §4), without its zone; anything else as it is. */
export function shortestAddress(ip: string): string {
	return isIP(ip) === 6 ? new URL(`http://[${ip.split('%')[0] ?? ''}]`).hostname.slice(1, -1) : ip
}
