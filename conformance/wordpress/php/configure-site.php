<?php
/* Run once at every start: what the template cannot know. */

$settings = json_decode( file_get_contents( WP_CONTENT_DIR . '/harness/settings.json' ), true );
update_option( 'home', $settings['url'] );
update_option( 'siteurl', $settings['url'] );
update_option( 'blogname', $settings['title'] );
update_option( 'admin_email_lifespan', time() + YEAR_IN_SECONDS ); // else an old template greets with "confirm your e-mail address"

global $wp_rewrite;
$wp_rewrite->set_permalink_structure( 'pretty' === $settings['permalinks'] ? '/%year%/%monthnum%/%postname%/' : '' );
$wp_rewrite->flush_rules( false );

return array(
	'version' => get_bloginfo( 'version' ),
	'php'     => PHP_VERSION,
);
