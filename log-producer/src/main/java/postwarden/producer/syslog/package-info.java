/**
 * Core: the header in front of a log message, in every form that mail hosts write it, read from bytes. Uses java.* only; the
 * agent's other packages and the streams application's file readers may depend on it, it depends on nothing.
 */
@NullMarked
package postwarden.producer.syslog;

import org.jspecify.annotations.NullMarked;
