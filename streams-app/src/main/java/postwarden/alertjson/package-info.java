/** Alerts as JSON, the same bytes wherever they are told: on the command line, by the API, and in a terminal without harm. Knows the core. */
@NullMarked
package postwarden.alertjson;

import org.jspecify.annotations.NullMarked;
