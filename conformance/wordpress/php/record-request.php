<?php
/* Appends one line per request to requests.log. Included by the router and by wp-config.php; the first one counts. */

if ( ! defined( 'POSTERN_REQUEST_RECORDED' ) && isset( $_SERVER['REQUEST_METHOD'] ) ) {
	define( 'POSTERN_REQUEST_RECORDED', true );
	if ( ! isset( $_SERVER['HTTP_X_POSTERN_RUN'] ) ) { // the harness itself
		file_put_contents(
			__DIR__ . '/requests.log',
			json_encode(
				array(
					'method'           => $_SERVER['REQUEST_METHOD'],
					'path'             => $_SERVER['REQUEST_URI'],
					'hasAuthorization' => isset( $_SERVER['HTTP_AUTHORIZATION'] ) || isset( $_SERVER['PHP_AUTH_USER'] ),
				),
				JSON_UNESCAPED_SLASHES
			) . "\n",
			FILE_APPEND | LOCK_EX
		);
	}
}
