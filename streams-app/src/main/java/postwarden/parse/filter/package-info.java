/** The filters, milters and policy services that write into the log of the mail daemon they serve. Depends on reply and rule. */
@NullMarked
package postwarden.parse.filter;

import org.jspecify.annotations.NullMarked;
