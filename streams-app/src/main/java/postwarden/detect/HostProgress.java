package postwarden.detect;

import postwarden.tally.Word;

/**
 * How far a watch knows one host to be.
 *
 * @param closedThrough last complete pane, or {@link Long#MIN_VALUE} when the host was only announced
 * @param ended whether nothing more will come from it
 * @param word the producer's last word about it
 * @param then how far all together were when that word came; {@link Long#MIN_VALUE} when that is not known
 * @param silent what was told of its silence
 */
public record HostProgress(long closedThrough, boolean ended, Word word, long then, Silent silent) {
    public static final HostProgress ANNOUNCED = new HostProgress(Long.MIN_VALUE, false);

    /** Of a host of which no word is known. */
    public HostProgress(long closedThrough, boolean ended) {
        this(closedThrough, ended, Word.NONE, Long.MIN_VALUE, Silent.NONE);
    }

    HostProgress with(Silent told) {
        return new HostProgress(closedThrough, ended, word, then, told);
    }

    /**
     * A silence that was told.
     *
     * @param subject the host, or the producer where all its hosts are silent; empty when none was told
     * @param since when the last word before it came, milliseconds since 1970
     * @param pane in which it had lasted long enough
     * @param reported the pane of the last report
     * @param spoke when the first word came again, milliseconds since 1970; {@link Long#MIN_VALUE} while none has
     */
    public record Silent(String subject, long since, long pane, long reported, long spoke) {
        public static final Silent NONE = new Silent("", 0, 0, 0, Long.MIN_VALUE);

        Silent heard(long word) {
            return isNone() || spoke != Long.MIN_VALUE || word <= since
                    ? this
                    : new Silent(subject, since, pane, reported, word);
        }

        public boolean isNone() {
            return subject.isEmpty();
        }
    }
}
