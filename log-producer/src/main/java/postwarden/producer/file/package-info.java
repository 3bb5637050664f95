/**
 * Core: what a file is (identity across renames), what has happened to it between two looks, and how its bytes become lines. Pure:
 * the shell looks at the disk and hands in what it saw. Uses java.* only; the agent's shell and the streams application's file
 * readers may depend on it, it depends on nothing.
 */
@NullMarked
package postwarden.producer.file;

import org.jspecify.annotations.NullMarked;
