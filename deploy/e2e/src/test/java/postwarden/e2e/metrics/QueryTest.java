package postwarden.e2e.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

class QueryTest {
    @Test
    void metrics_labels_and_groups_are_told_from_functions_words_numbers_and_texts() {
        // When
        Query read = Query.of(
                "histogram_quantile(0.99, sum by (job, le) (rate(a_bucket{since=\"by (x)\", b!~\"c\"}[5m]))) > 1e3"
                        + " and on (job) a:b:sum unless 0 * d offset 5m > $threshold or sum(e) without (f) == bool 1");

        // Then
        assertThat(read.selectors())
                .containsExactly(
                        new Query.Selector("a_bucket", Set.of("since", "b")),
                        new Query.Selector("a:b:sum", Set.of()),
                        new Query.Selector("d", Set.of()),
                        new Query.Selector("e", Set.of()));
        assertThat(read.grouping()).containsExactlyInAnyOrder("job", "le", "f");
    }

    @Test
    void a_variable_of_grafana_names_a_metric_and_a_label() {
        assertThat(Query.of("label_values(postwarden_ready, instance)").selectors())
                .containsExactly(new Query.Selector("postwarden_ready", Set.of("instance")));
    }
}
