package postwarden.producer.journal;

/**
 * One entry of a journal as a line.
 *
 * @param cursor where it stands
 * @param line as syslog would have written it, with its LF; the only LF in it
 */
@SuppressWarnings("ArrayRecordComponent") // handed on once, and never compared
public record Entry(Cursor cursor, byte[] line) {}
