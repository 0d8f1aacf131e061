<?php
/* What a site's wp-config.php says when HTTPS ends at a proxy in front of it. */

if ( 'https' === ( $_SERVER['HTTP_X_FORWARDED_PROTO'] ?? '' ) ) {
	$_SERVER['HTTPS'] = 'on';
}
