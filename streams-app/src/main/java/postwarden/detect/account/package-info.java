/**
 * Core 5: how an account's logins, recipients and bounces are read, and how an account is stopped and taken back. The detectors
 * of accounts depend on it, nothing else does.
 */
@NullMarked
package postwarden.detect.account;

import org.jspecify.annotations.NullMarked;
