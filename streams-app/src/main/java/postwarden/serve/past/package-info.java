/** Shell: what the desk has forgotten, out of the topics that keep it. */
@NullMarked
package postwarden.serve.past;

import org.jspecify.annotations.NullMarked;
