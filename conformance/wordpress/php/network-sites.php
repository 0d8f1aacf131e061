<?php
/* Run in the network, once it is one: its further sites, each in a folder. */

global $wpdb;
$admin  = get_user_by( 'login', 'admin' );
$domain = get_network()->domain;
foreach ( $folders as $folder ) {
	$made = wp_insert_site(
		array(
			'domain'  => $domain,
			'path'    => "/$folder/",
			'title'   => ucfirst( $folder ),
			'user_id' => $admin->ID,
		)
	);
	if ( is_wp_error( $made ) ) {
		throw new RuntimeException( $made->get_error_message() );
	}
	// WordPress takes the colon out of a domain with a port.
	$wpdb->update( $wpdb->blogs, array( 'domain' => $domain ), array( 'blog_id' => $made ) );
	update_blog_option( $made, 'home', "http://$domain/$folder" );
	update_blog_option( $made, 'siteurl', "http://$domain/$folder" );
	clean_blog_cache( $made );
}

return true;
