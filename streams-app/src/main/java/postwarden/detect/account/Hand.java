package postwarden.detect.account;

import java.time.Duration;
import postwarden.detect.View;

/**
 * Whose hand an account's mail of a window is from: by who submitted most of it, and where that is not known, by who logged in.
 * A telephone that looks for mail from anywhere says nothing of the letters that its owner's desk sends.
 *
 * @param foreign whether by somebody who had not used the account before
 * @param familiar whether only by who had; neither, where nothing is known of before
 * @param strangers addresses that had not
 * @param words for a person
 */
public record Hand(boolean foreign, boolean familiar, long strangers, String words) {

    public static Hand of(View view, Duration window) {
        Submitters submitters = Submitters.of(view, window, false);
        if (submitters.recipients() == 0) {
            Logins logins = Logins.of(view, window);
            return new Hand(logins.isForeign(), logins.isFamiliar(), logins.foreign(), logins.words());
        }
        return new Hand(
                submitters.known() && submitters.foreign() * 2 >= submitters.recipients(),
                submitters.known() && submitters.foreign() == 0 && !submitters.areReaders(),
                submitters.newClients(),
                submitters.words());
    }
}
