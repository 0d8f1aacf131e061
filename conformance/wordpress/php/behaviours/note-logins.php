<?php
/* Keeps what WordPress tells about logins, one JSON object a line. */

function postern_note_login( array $event ) {
	file_put_contents( WP_CONTENT_DIR . '/logins', json_encode( $event ) . "\n", FILE_APPEND | LOCK_EX );
}
add_action(
	'application_password_did_authenticate',
	function ( $user, $item ) {
		postern_note_login( array( 'event' => 'authenticated', 'username' => $user->user_login, 'uuid' => $item['uuid'] ) );
	},
	10,
	2
);
add_action(
	'application_password_failed_authentication',
	function ( $error ) {
		postern_note_login( array( 'event' => 'failed', 'code' => $error->get_error_code() ) );
	}
);
add_action(
	'wp_login_failed',
	function () {
		postern_note_login( array( 'event' => 'login-failed' ) );
	}
);
