<?php
/*
 * Keeps what WordPress really runs, one JSON object a line in wp-content/ran, in order: `http` for every request that reaches
 * it, `asked` for each request that its REST server takes up (batched and embedded ones too), `ran` just before the callback
 * of a route, and `call` for each XML-RPC call. Secrets are kept as a mark that only tells which one it is.
 *
 * A custom post type and the namespace of a plugin are here too, so that there is something of each to ask for.
 */

function postern_note( array $event ) {
	$line = json_encode( postern_plain( $event ), JSON_UNESCAPED_SLASHES | JSON_PRESERVE_ZERO_FRACTION | JSON_PARTIAL_OUTPUT_ON_ERROR );
	file_put_contents( WP_CONTENT_DIR . '/ran', $line . "\n", FILE_APPEND | LOCK_EX );
}

/** Texts that are no UTF-8 in base64, application passwords as a mark, objects by their class. */
function postern_plain( $value ) {
	if ( is_array( $value ) ) {
		$plain = array();
		foreach ( $value as $name => $one ) {
			$plain[ is_string( $name ) && ! mb_check_encoding( $name, 'UTF-8' ) ? 'base64:' . base64_encode( $name ) : $name ] = postern_plain( $one );
		}
		return $plain;
	}
	if ( is_object( $value ) ) {
		return $value instanceof IXR_Date ? 'date:' . $value->getIso() : 'object:' . get_class( $value );
	}
	if ( ! is_string( $value ) ) {
		return $value;
	}
	if ( preg_match( '/^ *(?:[A-Za-z0-9]{4} ?){6} *$/D', $value ) ) {
		return 'secret:' . substr( hash( 'sha256', str_replace( ' ', '', $value ) ), 0, 16 );
	}
	return mb_check_encoding( $value, 'UTF-8' ) ? $value : 'base64:' . base64_encode( $value );
}

function postern_headers() {
	$headers = array();
	foreach ( $_SERVER as $name => $value ) {
		if ( 0 === strpos( $name, 'HTTP_' ) ) {
			$headers[ strtolower( strtr( substr( $name, 5 ), '_', '-' ) ) ] = $value;
		}
	}
	if ( isset( $headers['authorization'] ) ) {
		$headers['authorization'] = 'as ' . ( $_SERVER['PHP_AUTH_USER'] ?? '?' );
	}
	return $headers;
}

if ( ! isset( $_SERVER['HTTP_X_POSTERN_RUN'] ) ) {
	postern_note(
		array(
			'event'   => 'http',
			'method'  => $_SERVER['REQUEST_METHOD'],
			'target'  => $_SERVER['REQUEST_URI'],
			'headers' => postern_headers(),
		)
	);
}

/* As it arrives, before anything is made of the parameters. */
add_filter(
	'rest_pre_dispatch',
	function ( $result, $server, $request ) {
		postern_note(
			array(
				'event'  => 'asked',
				'method' => $request->get_method(),
				'route'  => $request->get_route(),
				'query'  => $request->get_query_params(),
				'form'   => $request->get_body_params(),
				'json'   => $request->get_json_params(),
				'files'  => array_keys( (array) $request->get_file_params() ),
				'user'   => get_current_user_id(),
			)
		);
		return $result;
	},
	0,
	3
);

/* Whatever reaches out of this machine, or changes files that other sites share, is answered here. */
const POSTERN_NOT_RUN = '@^/(?:wp/v2/(?:plugins|themes|block-directory|pattern-directory)|oembed/1\.0/proxy|wp-site-health|wp-block-editor/v1/url-details)(?:/|$)@i';

add_filter(
	'rest_dispatch_request',
	function ( $result, $request, $route ) {
		$effective = array();
		foreach ( array_keys( $request->get_url_params() ) as $name ) {
			$effective[ $name ] = $request->get_param( $name );
		}
		postern_note(
			array(
				'event'     => 'ran',
				'method'    => $request->get_method(),
				'route'     => $request->get_route(),
				'pattern'   => $route,
				'path'      => $request->get_url_params(),
				'effective' => $effective,
				'status'    => $request->get_param( 'status' ),
				'user'      => get_current_user_id(),
			)
		);
		if ( null === $result && 'GET' !== $request->get_method() && preg_match( POSTERN_NOT_RUN, $request->get_route() ) ) {
			return new WP_REST_Response( array( 'answered' => 'by the harness' ) );
		}
		return preg_match( '@^/(?:oembed/1\.0/proxy|wp-site-health|wp/v2/(?:block|pattern)-directory|wp-block-editor/v1/url-details)(?:/|$)@i', $request->get_route() )
			? new WP_REST_Response( array( 'answered' => 'by the harness' ) )
			: $result;
	},
	10,
	3
);

add_filter(
	'wp_xmlrpc_server_class',
	function () {
		class Postern_Noting_Server extends wp_xmlrpc_server {
			public function call( $method, $args ) {
				if ( 'system.multicall' !== $method ) {
					postern_note(
						array(
							'event'  => 'call',
							'method' => $method,
							'args'   => $args,
						)
					);
				}
				// These fetch what they are told to.
				return 0 === strpos( $method, 'pingback.' ) ? new IXR_Error( 0, '' ) : parent::call( $method, $args );
			}
		}
		return 'Postern_Noting_Server';
	}
);

add_filter( 'pre_http_request', '__return_empty_array' ); // nothing leaves

add_action(
	'init',
	function () {
		register_post_type(
			'book',
			array(
				'public'       => true,
				'show_in_rest' => true,
				'rest_base'    => 'books',
				'label'        => 'Books',
				'supports'     => array( 'title', 'editor', 'author', 'revisions' ),
			)
		);
		register_taxonomy(
			'genre',
			'book',
			array(
				'public'       => true,
				'show_in_rest' => true,
				'rest_base'    => 'genres',
				'label'        => 'Genres',
			)
		);
	}
);

add_action(
	'rest_api_init',
	function () {
		$things = function ( WP_REST_Request $request ) {
			return array( 'params' => array_keys( $request->get_params() ) );
		};
		foreach ( array( 'acme/v1', 'mcp' ) as $namespace ) {
			foreach ( array( '/things', '/things/(?P<id>[\d]+)' ) as $route ) {
				register_rest_route(
					$namespace,
					$route,
					array(
						'methods'             => 'GET, POST, PUT, PATCH, DELETE',
						'callback'            => $things,
						'permission_callback' => '__return_true',
					)
				);
			}
		}
	}
);
