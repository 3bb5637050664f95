package postwarden.producer.sample;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import postwarden.producer.publish.Sample;

/**
 * Amounts by name, for as many names as there are, in bounded memory: when too many are held, the smaller half goes into the rest.
 * So rows and rest together stay exact, and a name that went may lack what it had then; that is said. For one thread.
 */
final class Table {
    /** Names held, at some 250 bytes each a megabyte. A queue rarely has more destinations. */
    static final int MOST_HELD = 5000;

    /** Names are domains (at most 253 characters, RFC 1035) and addresses. */
    private static final int MOST_NAME = 255;

    private final List<Column> columns;
    private final int top;
    private final Map<String, long[]> rows = new HashMap<>();
    private final long[] rest;
    private long gone;

    /** @param columns the first one ranks, at least one */
    Table(List<Column> columns, int top) {
        this.columns = List.copyOf(columns);
        this.top = top;
        this.rest = new long[columns.size()];
    }

    /** @param amounts one for each column; not kept */
    void add(String name, long[] amounts) {
        String key = name.length() > MOST_NAME ? name.substring(0, MOST_NAME) : name;
        long[] row = rows.get(key);
        if (row == null) {
            if (rows.size() >= MOST_HELD) {
                keep(MOST_HELD / 2);
            }
            row = new long[columns.size()];
            rows.put(key, row);
        }
        merge(row, amounts);
    }

    /** How many names there were; where some went into the rest, one that came again counts again. */
    long names() {
        return rows.size() + gone;
    }

    /** What is there, the largest rows first; nothing may be added any more. */
    Sample.Group group() {
        boolean approximate = gone > 0;
        keep(top);
        Map<String, Map<String, Double>> shown = new HashMap<>();
        rows.forEach((name, row) -> shown.put(name, values(row)));
        return new Sample.Group(shown, gone, values(rest), approximate);
    }

    /** Puts all but the largest rows into the rest; of equal ones the first by name stay, so that the same input gives the same. */
    private void keep(int most) {
        if (rows.size() <= most) {
            return;
        }
        List<Map.Entry<String, long[]>> ranked = new ArrayList<>(rows.entrySet());
        ranked.sort(Comparator.<Map.Entry<String, long[]>>comparingLong(entry -> -entry.getValue()[0])
                .thenComparing(Map.Entry::getKey));
        for (Map.Entry<String, long[]> small : List.copyOf(ranked.subList(most, ranked.size()))) {
            merge(rest, small.getValue());
            rows.remove(small.getKey());
            gone++;
        }
    }

    private void merge(long[] into, long[] amounts) {
        for (int i = 0; i < into.length; i++) {
            into[i] = columns.get(i).of(into[i], amounts[i]);
        }
    }

    /** Zeros are left out: most columns of most rows are. */
    private Map<String, Double> values(long[] row) {
        Map<String, Double> values = new HashMap<>();
        for (int i = 0; i < row.length; i++) {
            if (row[i] != 0) {
                values.put(columns.get(i).name(), (double) row[i]);
            }
        }
        return values;
    }
}
