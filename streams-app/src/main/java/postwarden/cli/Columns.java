package postwarden.cli;

import java.util.ArrayList;
import java.util.List;
import postwarden.alertjson.TerminalSafe;

/** Rows in columns as wide as their widest text, the last one as it comes; what could harm a terminal is escaped. */
final class Columns {
    private static final String GAP = "  ";

    private final List<List<String>> rows = new ArrayList<>();

    void add(String... cells) {
        rows.add(List.of(cells).stream().map(TerminalSafe::escaped).toList());
    }

    /** The rows as lines, without a line feed behind the last. */
    String text() {
        StringBuilder text = new StringBuilder();
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int column = 0; column < row.size(); column++) {
                line.append(row.get(column));
                if (column < row.size() - 1) {
                    line.append(" ".repeat(width(column) - row.get(column).length()))
                            .append(GAP);
                }
            }
            text.append(text.isEmpty() ? "" : "\n").append(line.toString().stripTrailing());
        }
        return text.toString();
    }

    private int width(int column) {
        return rows.stream()
                .filter(row -> row.size() > column)
                .mapToInt(row -> row.get(column).length())
                .max()
                .orElse(0);
    }
}
