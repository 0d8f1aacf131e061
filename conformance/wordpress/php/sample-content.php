<?php
/* Run once for the template: people of five roles, three published posts and two drafts. $people comes from the harness. */

foreach ( $people as $role => $person ) {
	$account = array(
		'user_login'   => $person['username'],
		'user_pass'    => $person['password'],
		'user_email'   => $person['username'] . '@example.test',
		'display_name' => $person['displayName'],
		'role'         => $role,
	);
	$known   = username_exists( $person['username'] );
	$user    = $known ? wp_update_user( array( 'ID' => $known ) + array_diff_key( $account, array( 'user_pass' => 1 ) ) ) : wp_insert_user( $account );
	if ( is_wp_error( $user ) ) {
		throw new RuntimeException( $user->get_error_message() );
	}
	update_user_meta( $user, 'show_welcome_panel', 0 );
}

wp_delete_post( 1, true ); // "Hello world!"
$author = username_exists( $people['author']['username'] );
$posts  = array(
	array( 'publish', '2026-03-02 09:00:00', 'Opening the side door', 'Why a small gate is easier to watch than a big one.' ),
	array( 'publish', '2026-04-11 09:00:00', 'Three things we learned about backups', 'A backup that was never restored is a hope.' ),
	array( 'publish', '2026-05-20 09:00:00', '京都の小さな門', '裏口は小さいほど見張りやすい。' ),
	array( 'draft', '2026-06-01 09:00:00', 'Notes for the summer issue', 'Ask Mika for the photographs.' ),
	array( 'draft', '2026-06-03 09:00:00', 'How we name our servers', 'After birds, for reasons nobody remembers.' ),
);
foreach ( $posts as list( $status, $date, $title, $text ) ) {
	$post = wp_insert_post(
		array(
			'post_author'   => $author,
			'post_status'   => $status,
			'post_date'     => $date,
			'post_date_gmt' => $date,
			'post_title'    => $title,
			'post_content'  => "<!-- wp:paragraph -->\n<p>$text</p>\n<!-- /wp:paragraph -->",
		),
		true
	);
	if ( is_wp_error( $post ) ) {
		throw new RuntimeException( $post->get_error_message() );
	}
}

update_option( 'show_avatars', 0 ); // avatars come from another host
update_option( 'timezone_string', 'UTC' );
return true;
