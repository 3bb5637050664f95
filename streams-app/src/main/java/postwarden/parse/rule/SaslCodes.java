package postwarden.parse.rule;

import java.util.Set;
import postwarden.event.Event;
import postwarden.event.Field;
import postwarden.event.Kind;
import postwarden.event.Reason;

/** What a code of the Cyrus SASL library says of an attempt to log in (2.1, sasl.h). */
public final class SaslCodes {
    /** BADAUTH, NOUSER, BADMAC. */
    private static final Set<String> REFUSED = Set.of("-13", "-20", "-9");

    /** NOMECH, WRONGMECH, NOAUTHZ, TOOWEAK, ENCRYPT, TRANS, EXPIRED, DISABLED: refused by a rule. */
    private static final Set<String> BY_POLICY = Set.of("-4", "-11", "-14", "-15", "-16", "-17", "-18", "-19");

    /** BADPROT: the client broke the exchange off, or did not know it. */
    private static final String ABORTED = "-5";

    private SaslCodes() {}

    /** Puts kind and reason; a code that is not known is nobody's guess. */
    public static void put(String code, Event.Builder event) {
        if (REFUSED.contains(code)) {
            event.kind(Kind.AUTH_FAILURE).put(Field.REASON, Reason.AUTHENTICATION);
        } else if (BY_POLICY.contains(code)) {
            event.kind(Kind.AUTH_ABUSE).put(Field.REASON, Reason.ACCESS_DENIED);
        } else if (code.equals(ABORTED)) {
            event.kind(Kind.NO_AUTH);
        } else {
            event.kind(Kind.AUTH_ERROR).put(Field.REASON, Reason.TEMPORARY_ERROR);
        }
    }
}
