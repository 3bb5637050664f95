package postwarden.ask;

/**
 * One row of a store.
 *
 * @param key and {@code value} in hexadecimal digits
 * @param text what the value holds, for a person; empty where nothing can say it
 */
public record RawRow(String store, int partition, String key, String value, String text) {}
