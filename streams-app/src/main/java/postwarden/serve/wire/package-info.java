/** What the API says to anybody: JSON of the questions' records, and problems. Knows the questions and alerts as JSON. */
@NullMarked
package postwarden.serve.wire;

import org.jspecify.annotations.NullMarked;
