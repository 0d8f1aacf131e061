<?php
/*
 * What many plugins do by the way: ask who is logged in before WordPress looks at the errors of REST logins. Without one a
 * wrong application password is silently ignored.
 */

add_filter(
	'rest_authentication_errors',
	function ( $result ) {
		is_user_logged_in();
		return $result;
	},
	1
);
