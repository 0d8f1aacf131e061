<?php
/* The configuration of a WordPress under test. Everything that differs from site to site is in settings.json. */

$postern_settings = json_decode( file_get_contents( __DIR__ . '/wp-content/harness/settings.json' ), true );

$postern_constants = array(
	'DB_NAME'                    => 'wordpress', // SQLite asks for none of these; WordPress insists that they are there.
	'DB_USER'                    => '',
	'DB_PASSWORD'                => '',
	'DB_HOST'                    => '',
	'DB_CHARSET'                 => 'utf8mb4',
	'DB_COLLATE'                 => '',
	'WP_ENVIRONMENT_TYPE'        => $postern_settings['environment'],
	'WP_HTTP_BLOCK_EXTERNAL'     => true,
	'WP_ACCESSIBLE_HOSTS'        => 'localhost,127.0.0.1',
	'DISABLE_WP_CRON'            => true,
	'AUTOMATIC_UPDATER_DISABLED' => true,
	'WP_AUTO_UPDATE_CORE'        => false,
	'FS_METHOD'                  => 'direct',
	'SQLITE_MAIN_FILE'           => __FILE__, // else the database drop-in activates its own plugin page
	'WP_DEBUG'                   => false,
	'ABSPATH'                    => __DIR__ . '/',
);
if ( isset( $postern_settings['network'] ) ) {
	$postern_constants += array(
		'MULTISITE'            => true,
		'SUBDOMAIN_INSTALL'    => false,
		'DOMAIN_CURRENT_SITE'  => $postern_settings['network'],
		'PATH_CURRENT_SITE'    => '/',
		'SITE_ID_CURRENT_SITE' => 1,
		'BLOG_ID_CURRENT_SITE' => 1,
	);
}
foreach ( array( 'AUTH', 'SECURE_AUTH', 'LOGGED_IN', 'NONCE' ) as $postern_name ) {
	$postern_constants[ "{$postern_name}_KEY" ]  = "fixed for tests: $postern_name key 6f1c0e7a9b3d";
	$postern_constants[ "{$postern_name}_SALT" ] = "fixed for tests: $postern_name salt 2d8e4b5a7c90";
}
foreach ( $postern_constants as $postern_name => $postern_value ) {
	defined( $postern_name ) || define( $postern_name, $postern_value );
}
unset( $postern_settings, $postern_constants, $postern_name, $postern_value );

$table_prefix = 'wp_';
require_once ABSPATH . 'wp-settings.php';
