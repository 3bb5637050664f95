/** Several instances answering as one: what this one holds, what peers are asked, and how their answers are joined. */
@NullMarked
package postwarden.serve.peer;

import org.jspecify.annotations.NullMarked;
