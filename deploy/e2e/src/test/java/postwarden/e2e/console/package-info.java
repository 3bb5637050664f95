/**
 * The console in a real browser, Chromium: against a small server of its own that answers as the API does, with hostile data
 * and on the worst of days, and where a base URL is given, against a running service.
 */
@NullMarked
package postwarden.e2e.console;

import org.jspecify.annotations.NullMarked;
