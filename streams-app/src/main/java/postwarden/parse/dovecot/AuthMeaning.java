package postwarden.parse.dovecot;

import postwarden.event.Event;
import postwarden.event.Field;
import postwarden.event.Kind;
import postwarden.event.Reason;
import postwarden.event.Stage;

/** What Dovecot's words about one login come to. */
enum AuthMeaning {
    /** The credentials were refused. */
    REFUSED,
    /** They were right, or not looked at: this user, from there, may not. */
    DENIED,
    /** What the client sent is no login. */
    MALFORMED,
    POLICY,
    TIMEOUT,
    /** The database behind could not answer. */
    BROKEN,
    NOTE;

    void put(Event.Builder event) {
        switch (this) {
            case REFUSED -> event.kind(Kind.AUTH_FAILURE).put(Field.REASON, Reason.AUTHENTICATION);
            case DENIED ->
                event.kind(Kind.AUTH_ABUSE)
                        .put(Field.REASON, Reason.ACCESS_DENIED)
                        .put(Field.STAGE, Stage.AUTH);
            case MALFORMED, POLICY -> event.kind(Kind.AUTH_ABUSE).put(Field.STAGE, Stage.AUTH);
            case TIMEOUT -> event.kind(Kind.TIMEOUT).put(Field.STAGE, Stage.AUTH);
            case BROKEN -> event.kind(Kind.AUTH_ERROR).put(Field.REASON, Reason.TEMPORARY_ERROR);
            case NOTE -> event.kind(Kind.OTHER);
        }
    }
}
