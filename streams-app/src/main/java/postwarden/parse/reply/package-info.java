/** What SMTP replies mean: codes, enhanced codes, and the words of MTAs and providers. Depends on event only. */
@NullMarked
package postwarden.parse.reply;

import org.jspecify.annotations.NullMarked;
