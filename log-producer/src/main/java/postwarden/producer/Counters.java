package postwarden.producer;

/**
 * What an agent has done since it was started.
 *
 * @param lines lines read
 * @param bytes their bytes, with their LF
 * @param acknowledged records that every in-sync replica has, control records among them
 * @param unparsedHeaders lines whose header was not understood
 * @param losses times that bytes may have been gone before they were read, and records that Kafka does not take
 * @param inFlight records that are not acknowledged yet
 */
public record Counters(long lines, long bytes, long acknowledged, long unparsedHeaders, long losses, int inFlight) {}
