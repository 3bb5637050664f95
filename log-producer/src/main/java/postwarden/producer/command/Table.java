package postwarden.producer.command;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/** Rows in columns as wide as they need; the last column is as long as it is. */
final class Table {
    private static final int BETWEEN = 2;
    private static final int LAST_CONTROL = 0x1f;
    private static final int DELETE = 0x7f;
    private static final int LAST_HIGH_CONTROL = 0x9f;

    private final List<List<String>> rows = new ArrayList<>();
    private final List<Integer> widths = new ArrayList<>();

    void row(String... cells) {
        List<String> row = new ArrayList<>();
        for (int i = 0; i < cells.length; i++) {
            String cell = plain(cells[i]);
            row.add(cell);
            if (i == widths.size()) {
                widths.add(0);
            }
            widths.set(i, Math.max(widths.get(i), cell.length()));
        }
        rows.add(row);
    }

    void print(PrintStream out, String indent) {
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder(indent);
            for (int i = 0; i < row.size(); i++) {
                String cell = row.get(i);
                line.append(cell);
                if (i < row.size() - 1) {
                    line.append(" ".repeat(widths.get(i) - cell.length() + BETWEEN));
                }
            }
            out.println(line.toString().stripTrailing());
        }
    }

    /** A file's name may hold what colours a terminal, or worse. */
    private static String plain(String text) {
        StringBuilder plain = new StringBuilder(text.length());
        text.chars()
                .forEach(c ->
                        plain.append(c <= LAST_CONTROL || (c >= DELETE && c <= LAST_HIGH_CONTROL) ? '?' : (char) c));
        return plain.toString();
    }
}
