package postwarden.producer.syslog;

/** How sure the time of a line is. */
public enum TimeQuality {
    /** The stamp states date, year and offset. */
    ZONED,
    /** Date and year are stated, the offset is the host's zone. */
    HOST_ZONE,
    /** The offset is the host's zone, and the year was inferred from the time of reading. */
    HOST_ZONE_AND_YEAR,
    /** The local time exists twice or not at all, because the clocks changed; the instant is one of the possible ones. */
    AMBIGUOUS,
    /** There is no time. */
    NONE
}
