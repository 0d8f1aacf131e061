export const wordPressSecret = 'abcdEFGH1234ijklMNOP6789'

/** Hashes of it by WordPress 6.5.5 (phpass), by 6.8's rules, and by PHP 8.2's `password_hash` and `md5`. */
export const wordPressHashes = {
	phpass: '$P$BEDqwhgh4vddAQ918EwLUHTQJsbdeX.',
	bcrypt: '$2y$06$lz0FJXufqj9Z3CPLLk7moeqp5QXKggI7mr.nu4FoGadh2JtNDfmrW',
	'bcrypt over HMAC': '$wp$2y$06$tZQuvivqDs1TiuCaS1F9eujxa3vvGsnP1CkrmCKCDS/BwrXzWtBp2',
	md5: '93032ec8e1c85a8056cb8fd135717e8f',
	argon2i: '$argon2i$v=19$m=1024,t=2,p=2$NWJDYjVxU0d3ZVJOa3R3VA$OSx9kczzWmED82Vauacs+jJ21p/imYA8oWtP71B+swQ',
	argon2id: '$argon2id$v=19$m=1024,t=2,p=1$RlNCWTdOUXJsY3NKcHVxLw$saXAIOKun7TPbYMf6M3ClnPeS11VBVcSvYfgeiMVAE4',
	'keyed BLAKE2b': '$generic$DJQSTFb1k471At02OwiVbyfZ-O-0_c1pPo2BcKU5',
} as const
