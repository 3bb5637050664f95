package postwarden.detect.bruteforce;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import postwarden.detect.Cause;
import postwarden.detect.reading.Say;
import postwarden.tally.Mark;
import postwarden.tally.Tally;

/** What may be behind one client's refused logins. */
final class GuessCauses {
    private GuessCauses() {}

    static List<Cause> of(Tally window, ClientGuesses guesses, boolean spray) {
        double guessing = 1 + guesses.strangers() / 5.0 + guesses.passwords() / 10.0 + 2.0 * guesses.taken();
        double stale = guesses.passwords() == 0 && guesses.strangers() <= 1 ? 0.4 : 0.02;
        double shared = guesses.successes() == 0 ? 0 : 0.1 + guesses.users() / 10.0;
        double own = window.has(Mark.PRIVATE_ADDRESS) ? 0.3 : 0;
        double all = guessing + stale + shared + own;
        List<Cause> causes = new ArrayList<>();
        causes.add(new Cause(spray ? "PASSWORD_SPRAY" : "PASSWORD_GUESSING", guessing / all, because(guesses)));
        causes.add(new Cause(
                "STALE_CREDENTIAL",
                stale / all,
                "a device with an old password tries one account, evenly, from where it logged in before"));
        if (shared > 0) {
            causes.add(new Cause(
                    "SHARED_ADDRESS",
                    shared / all,
                    Say.count(guesses.users(), "account")
                            + " logged in from the address as well, so that one of several"
                            + " people behind it may be meant"));
        }
        if (own > 0) {
            causes.add(new Cause(
                    "OWN_MACHINE",
                    own / all,
                    "the address is private: a web mail, a relay or an application of our own passes the guesses on"));
        }
        causes.sort(Comparator.comparingDouble(Cause::weight).reversed());
        return causes;
    }

    private static String because(ClientGuesses guesses) {
        return Say.count(guesses.failures(), "refused login") + " for "
                + Say.count(guesses.accounts(), "account") + ", " + guesses.strangers()
                + " of which never logged in from it"
                + (guesses.passwords() == 0 ? "" : ", with " + guesses.passwords() + " different passwords")
                + (guesses.taken() == 0 ? "" : "; " + guesses.taken() + " of them logged in since");
    }
}
