<?php
/* Makes a network of the site, as Tools > Network Setup does. The configuration follows, see wp-config.php. */

require_once ABSPATH . 'wp-admin/includes/upgrade.php';
require_once ABSPATH . 'wp-admin/includes/network.php';

global $wpdb;
foreach ( $wpdb->tables( 'ms_global' ) as $name => $prefixed ) {
	$wpdb->$name = $prefixed;
}
install_network();
$made = populate_network( 1, $host, get_option( 'admin_email' ), get_option( 'blogname' ), '/', false );
if ( is_wp_error( $made ) ) {
	throw new RuntimeException( $made->get_error_message() );
}

$file     = WP_CONTENT_DIR . '/harness/settings.json';
$settings = json_decode( file_get_contents( $file ), true );
file_put_contents( $file, json_encode( array( 'network' => $host ) + $settings ) );

return true;
