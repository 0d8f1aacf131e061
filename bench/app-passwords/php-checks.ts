import path from 'node:path'
import { findPhp } from '../../conformance/wordpress/php-interpreter.ts'
import { unpackedWordPress } from '../../conformance/wordpress/wordpress-builds.ts'
import { runCommand } from '../../scripts/testing/run-command.ts'

const version = '6.5.5'

export type PhpCheck = { readonly name: string; readonly perSecond: number }

/** PHP's own CPU time of each check of one secret, and of a hash alone; none where there is no PHP. */
export async function phpChecks(): Promise<{ checks: readonly PhpCheck[]; hashes: readonly PhpCheck[] }> {
	if ((await findPhp()) !== 'php') return { checks: [], hashes: [] }
	const hasher = path.join(await unpackedWordPress(version), 'wp-includes/class-phpass.php')
	const said = JSON.parse(await runCommand('php', ['-r', script, hasher]))
	return {
		checks: [
			{ name: `WordPress ${version}'s own check (phpass)`, perSecond: said.phpass },
			{ name: "PHP's password_verify (bcrypt, cost 10)", perSecond: said.bcrypt },
		],
		hashes: said.fast > 0 ? [{ name: "WordPress 6.8's alone, PHP's sodium", perSecond: said.fast }] : [],
	}
}

// The hash of 6.8 is written from its rules: keyed BLAKE2b of 30 bytes, compared in constant time.
const script = String.raw`
require $argv[1];
$secret = 'abcdEFGH1234ijklMNOP6789';
$cpu = function () { $u = getrusage(); return $u['ru_utime.tv_sec'] + $u['ru_stime.tv_sec'] + ($u['ru_utime.tv_usec'] + $u['ru_stime.tv_usec']) / 1e6; };
$rate = function ($count, $check) use ($cpu) {
	$begin = $cpu();
	for ($i = 0; $i < $count; $i++) if (!$check()) exit(1);
	return $count / max(1e-6, $cpu() - $begin);
};
$hasher = new PasswordHash(8, true);
$slow = $hasher->HashPassword($secret);
$fast = fn () => '$generic$' . rtrim(strtr(base64_encode(sodium_crypto_generichash($secret, 'wp_fast_hash_6.8+', 30)), '+/', '-_'), '=');
$hasSodium = function_exists('sodium_crypto_generichash');
$known = $hasSodium ? $fast() : '';
$bcrypt = password_hash($secret, PASSWORD_BCRYPT, ['cost' => 10]);
echo json_encode([
	'phpass' => $rate(100, fn () => $hasher->CheckPassword($secret, $slow)),
	'fast' => $hasSodium ? $rate(200000, fn () => hash_equals($known, $fast())) : 0,
	'bcrypt' => $rate(10, fn () => password_verify($secret, $bcrypt)),
]);`
