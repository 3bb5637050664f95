/** What both programs show to Prometheus, and whether rules, dashboards and their documentation ask for just that. */
@NullMarked
package postwarden.e2e.metrics;

import org.jspecify.annotations.NullMarked;
