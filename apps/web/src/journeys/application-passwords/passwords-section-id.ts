/** What WordPress calls this part of a profile: links of programs and of people lead there. */
export const PASSWORDS_SECTION = 'application-passwords-section'
