/**
 * Shell: finds the files, looks at them, reads them, and hands every line to {@link postwarden.producer.publish.Outlet}. What it sees is
 * decided on in {@code file}; what it has read is kept in {@code checkpoint}.
 */
@NullMarked
package postwarden.producer.follow;

import org.jspecify.annotations.NullMarked;
