/**
 * Core 2: line to event. This package asks who wrote a line; below it stands one package a daemon, each with rule lists to be
 * read top to bottom, over {@code rule} (what rules are made of) and {@code reply} (what SMTP replies mean). Depends on event
 * only.
 */
@NullMarked
package postwarden.parse;

import org.jspecify.annotations.NullMarked;
