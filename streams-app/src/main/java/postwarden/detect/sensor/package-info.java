/** Core 5: trouble with our own senses: lines that are lost, hosts that say nothing, clocks that are off. Detectors and the watches depend on it. */
@NullMarked
package postwarden.detect.sensor;

import org.jspecify.annotations.NullMarked;
