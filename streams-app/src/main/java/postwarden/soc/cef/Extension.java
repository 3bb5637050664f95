package postwarden.soc.cef;

import postwarden.soc.PlainText;

/**
 * The part of a CEF line behind its header: keys and values with a space between. In a value a backslash and an equals sign are
 * escaped, and line ends are written {@code \n}; a pipe is not escaped there.
 */
final class Extension {
    private final StringBuilder text = new StringBuilder(512);

    /**
     * Adds a key, unless its value is empty.
     *
     * @param most characters that the dictionary gives it
     */
    void put(String key, String value, int most) {
        String clean = clean(PlainText.bounded(value, most));
        if (!clean.isEmpty()) {
            text.append(text.isEmpty() ? "" : " ").append(key).append('=').append(clean);
        }
    }

    /** Adds one of the custom keys with its meaning beside it. */
    void labelled(String key, String label, String value, int most) {
        if (!value.isBlank()) {
            put(key + "Label", label, most);
            put(key, value, most);
        }
    }

    @Override
    public String toString() {
        return text.toString();
    }

    /** Without spaces at its ends, which a reader could not tell from those between keys. */
    private static String clean(String value) {
        StringBuilder clean = new StringBuilder(value.length() + 16);
        value.strip()
                .lines()
                .forEach(line -> clean.append(clean.isEmpty() ? "" : "\\n")
                        .append(PlainText.oneLine(line).replace("\\", "\\\\").replace("=", "\\=")));
        return clean.toString();
    }
}
