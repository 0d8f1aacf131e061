<?php
/*
 * Router of PHP's built-in server: what a web server with (pretty) or without (plain) WordPress's rewrite rules does.
 * POSTERN_BASE is '' or the sub-directory WordPress lives in; the rest of the host is not WordPress.
 * front-of-wasm.ts does the same for PHP as WebAssembly.
 */

/** Finds the script for this request; null when the request is answered, false when PHP's server shall send the file. */
function postern_script( string $base ) {
	$path = rawurldecode( (string) parse_url( $_SERVER['REQUEST_URI'], PHP_URL_PATH ) );
	if ( strpos( $path, '..' ) !== false || strpos( $path, "\0" ) !== false ) {
		return postern_refuse( 400, 'text/plain', "Bad request\n" );
	}
	if ( '' !== $base && $path !== $base && strpos( $path, "$base/" ) !== 0 ) {
		return postern_refuse( 404, 'text/plain', "There is nothing here.\n" );
	}
	$file = $_SERVER['DOCUMENT_ROOT'] . $path;
	if ( is_dir( $file ) && '/' !== substr( $path, -1 ) ) {
		header( "Location: $path/", true, 301 );
		return null;
	}
	if ( is_dir( $file ) && is_file( $file . 'index.php' ) ) {
		return $path . 'index.php';
	}
	if ( is_file( $file ) ) {
		return '.php' === substr( $file, -4 ) ? $path : false;
	}
	if ( 'pretty' === getenv( 'POSTERN_PERMALINKS' ) ) {
		return "$base/index.php";
	}
	return postern_refuse( 404, 'text/html; charset=utf-8', "<!doctype html><title>404 Not Found</title><h1>Not Found</h1>\n" );
}

/** Appends one line for this request, unless the harness itself asks. */
function postern_record( string $log ) {
	if ( isset( $_SERVER['HTTP_X_POSTERN_RUN'] ) ) {
		return;
	}
	$request = array(
		'method'           => $_SERVER['REQUEST_METHOD'],
		'path'             => $_SERVER['REQUEST_URI'],
		'hasAuthorization' => isset( $_SERVER['HTTP_AUTHORIZATION'] ) || isset( $_SERVER['PHP_AUTH_USER'] ),
	);
	file_put_contents( $log, json_encode( $request, JSON_UNESCAPED_SLASHES ) . "\n", FILE_APPEND | LOCK_EX );
}

function postern_refuse( int $status, string $type, string $text ) {
	http_response_code( $status );
	header( "Content-Type: $type" );
	echo $text;
	return null;
}

postern_record( (string) getenv( 'POSTERN_REQUESTS' ) );
$postern_script = postern_script( (string) getenv( 'POSTERN_BASE' ) );
if ( ! is_string( $postern_script ) ) {
	return null === $postern_script;
}
$_SERVER['SCRIPT_NAME']     = $postern_script;
$_SERVER['PHP_SELF']        = $postern_script;
$_SERVER['SCRIPT_FILENAME'] = $_SERVER['DOCUMENT_ROOT'] . $postern_script;
unset( $_SERVER['PATH_INFO'], $postern_script );
chdir( dirname( $_SERVER['SCRIPT_FILENAME'] ) );
require $_SERVER['SCRIPT_FILENAME']; // in the global scope, as WordPress expects
