package postwarden.detect.bruteforce;

import java.util.List;
import java.util.Optional;
import postwarden.detect.Cause;
import postwarden.detect.Grade;
import postwarden.detect.Severity;
import postwarden.detect.View;
import postwarden.detect.reading.Say;
import postwarden.detect.reading.UsualShare;
import postwarden.tally.Count;
import postwarden.tally.Mark;
import postwarden.tally.Tally;

/**
 * A machine of ours behind which the log does not show who comes: a webmail, a proxy that does not hand addresses on. All accounts
 * that are tried through it are its own people's, so what is refused is held against what usually is.
 *
 * @param expected refusals that are usual beside so many logins
 */
record Front(double expected) {
    /** Whether it is tried, by what is refused through it in the window. */
    static Optional<Front> tried(View view, ClientGuesses guesses, FrontParams params, double factor) {
        Tally window = view.window(params.window());
        // An address of a private network is another machine on each host, as far as anybody knows.
        double floors = factor * Math.max(1, view.hosts(params.window()).size());
        if (!window.has(Mark.PRIVATE_ADDRESS)
                || guesses.failures() < floors * params.failures()
                || guesses.accounts() < floors * params.accounts()) {
            return Optional.empty();
        }
        Tally past = view.past();
        long refused = past.count(Count.AUTH_FAILURES);
        double share = UsualShare.of(
                refused, refused + past.count(Count.AUTH_SUCCESSES), params.ordinary(), params.believed());
        double expected = guesses.successes() * share / Math.max(1 - share, params.ordinary());
        return guesses.failures() < factor * params.unusual() * expected
                        || !isBeside(view, guesses, params, floors * params.failures())
                ? Optional.empty()
                : Optional.of(new Front(expected));
    }

    /** Whether refusals come while others are let in as ever: a service that fails refuses everybody. */
    private static boolean isBeside(View view, ClientGuesses guesses, FrontParams params, double failures) {
        double part = (double) params.persistence().window().toSeconds()
                / params.window().toSeconds();
        return guesses.successes() > 0
                && params.persistence()
                        .met(
                                view,
                                some -> some.count(Count.AUTH_FAILURES) >= failures * part
                                        && some.count(Count.AUTH_SUCCESSES)
                                                >= params.outageShare() * guesses.successes() * part);
    }

    /** Whether it is such a machine: private, and so many log in through it. */
    static boolean is(Tally window, ClientGuesses guesses, FrontParams params) {
        return window.has(Mark.PRIVATE_ADDRESS) && guesses.users() >= params.accounts();
    }

    Grade grade() {
        return Severity.MEDIUM.because(
                "many log in through this machine, so that who guesses cannot be told from them");
    }

    List<Cause> causes(ClientGuesses guesses) {
        return List.of(
                new Cause(
                        "PASSWORD_GUESSING",
                        0.65,
                        Say.count(guesses.failures(), "login") + " were refused, where " + Say.number(expected)
                                + " are usual beside " + Say.count(guesses.successes(), "login")
                                + " that were granted"),
                new Cause(
                        "CHANGED_PASSWORDS",
                        0.25,
                        "after passwords were changed for many, their programs are refused until they are told the new one"),
                new Cause(
                        "AUTHENTICATION_TROUBLE",
                        0.1,
                        "a service that fails for some of its users refuses them alone"));
    }
}
