#!/bin/sh
# Makes the certificates beside this script anew (OpenSSL 3). They are valid for a hundred years, the expired one aside; the keys
# protect nothing but tests.
set -eu
cd "$(dirname "$0")/certificates"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
names='DNS:localhost,DNS:blog.test,DNS:www.blog.test,DNS:other.test,DNS:blog.example,DNS:www.blog.example,DNS:other.example,DNS:xn--mnchen-3ya.example,IP:127.0.0.1,IP:::1'

cat > "$work/openssl.cnf" <<EOF
[ca]
default_ca = authority
[authority]
database = $work/index.txt
new_certs_dir = $work
rand_serial = yes
unique_subject = no
default_md = sha256
policy = any
[any]
commonName = supplied
[req]
distinguished_name = name
[name]
[root]
basicConstraints = critical,CA:true
keyUsage = critical,keyCertSign
subjectKeyIdentifier = hash
[intermediate]
basicConstraints = critical,CA:true,pathlen:0
keyUsage = critical,keyCertSign
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
[site]
basicConstraints = critical,CA:false
extendedKeyUsage = serverAuth
subjectAltName = $names
[elsewhere]
basicConstraints = critical,CA:false
extendedKeyUsage = serverAuth
subjectAltName = DNS:elsewhere.example
[names]
subjectAltName = DNS:exact.example,DNS:*.wild.example,DNS:*.example,DNS:a*.part.example,DNS:*.*.two.example,DNS:xn--*.puny.example,IP:192.0.2.7,IP:2001:db8::7
[nameless]
keyUsage = digitalSignature
EOF
: > "$work/index.txt"

# request <file> <common name>
request() {
	openssl ecparam -name prime256v1 -genkey -noout -out "$work/$1.key"
	openssl req -new -config "$work/openssl.cnf" -key "$work/$1.key" -subj "/CN=$2" -out "$work/$1.csr"
}
# sign <file> <extensions> <issuer> [start] [end]
sign() {
	issuer="-cert $work/$3.crt -keyfile $work/$3.key"
	if [ "$3" = "$1" ]; then issuer="-selfsign -keyfile $work/$1.key"; fi
	# shellcheck disable=SC2086
	openssl ca -batch -notext -config "$work/openssl.cnf" -extensions "$2" $issuer \
		-startdate "${4:-20250101000000Z}" -enddate "${5:-21250101000000Z}" -in "$work/$1.csr" -out "$work/$1.crt"
}

request root 'Postern test authority' && sign root root root
request intermediate 'Postern test intermediate' && sign intermediate intermediate root
request site 'site' && sign site site intermediate
request expired 'expired' && sign expired site intermediate 20200101000000Z 20210101000000Z
request elsewhere 'elsewhere' && sign elsewhere elsewhere intermediate
request self-signed 'self-signed' && sign self-signed site self-signed
request unknown-root 'An authority nobody trusts' && sign unknown-root root unknown-root
request unknown-site 'site of an unknown authority' && sign unknown-site site unknown-root
request names 'in.the.subject.example' && sign names names names
request nameless 'in.the.subject.example' && sign nameless nameless nameless

cp "$work/root.crt" authority.pem
for one in site expired elsewhere; do
	cp "$work/$one.key" "$one.key.pem"
	cat "$work/$one.crt" "$work/intermediate.crt" > "$one.pem"
done
cp "$work/site.crt" incomplete-chain.pem
cp "$work/names.crt" names.pem
cp "$work/nameless.crt" nameless.pem
cp "$work/self-signed.crt" self-signed.pem
cp "$work/self-signed.key" self-signed.key.pem
cat "$work/unknown-site.crt" "$work/unknown-root.crt" > unknown-authority.pem
cp "$work/unknown-site.key" unknown-authority.key.pem
