package postwarden.producer.file;

import java.util.Optional;

/** What has happened to a followed file between two looks. */
public enum Change {
    /** It is still there; its bytes, if there are more, follow on those that were read. */
    NONE,
    /** Another file stands at its path: the old one is read to its end, then the new one from its beginning. */
    REPLACED,
    /** Nothing stands at its path: it is read to its end as long as it is open. */
    GONE,
    /** It became shorter, or other bytes stand where it was read: it is read from its beginning, as a new content. */
    REWRITTEN;

    /**
     * Decides what happened.
     *
     * @param key of the file that is followed
     * @param position how far it was read, in bytes
     * @param now what stands at its path now; empty for nothing
     */
    public static Change between(FileKey key, long position, Optional<Look> now) {
        return now.map(look -> between(key, position, look)).orElse(GONE);
    }

    private static Change between(FileKey key, long position, Look now) {
        if (!now.key().equals(key)) {
            return REPLACED;
        }
        boolean same = now.size() >= position && now.sameBeginning() && now.sameMark();
        return same ? NONE : REWRITTEN;
    }
}
