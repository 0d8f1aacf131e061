<?php
/* What "only for logged-in users" plugins do, in the way WordPress's handbook recommends. */

add_filter(
	'rest_authentication_errors',
	function ( $result ) {
		if ( null !== $result || is_user_logged_in() ) {
			return $result;
		}
		return new WP_Error( 'rest_cannot_access', 'Only authenticated users can access the REST API.', array( 'status' => 401 ) );
	},
	99
);
