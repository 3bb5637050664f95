/**
 * What crosses a wire or outlives a process: the generated Avro classes. Only {@code stream.codec}, {@code publish}
 * and the tools beside them use these; the core has types of its own.
 *
 * <p>Not null-marked: Avro generates accessors that return null where a union says so, without saying it in Java.
 */
@NullUnmarked
package postwarden.schema;

import org.jspecify.annotations.NullUnmarked;
