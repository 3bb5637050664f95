/** What rules are made of: a cursor over a message, prefixes and readings. Knows no daemon. Depends on event only. */
@NullMarked
package postwarden.parse.rule;

import org.jspecify.annotations.NullMarked;
