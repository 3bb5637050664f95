package postwarden.benchmarks.flink;

/** Somebody whom a line names; of the form that Flink serializes without reflection, a POJO. */
public final class Named {
    /** The kind and the name. */
    public String key = "";
    /** When the line was written, in milliseconds since 1970. */
    public long millis;
}
