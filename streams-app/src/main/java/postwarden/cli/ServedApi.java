package postwarden.cli;

import java.time.Clock;
import java.util.Optional;
import postwarden.ask.Answers;
import postwarden.config.AppConfig;
import postwarden.serve.Api;
import postwarden.serve.PolicyFeedback;
import postwarden.serve.live.AlertFeed;

/** Starts the API that the configuration describes, over a running service's answers. */
final class ServedApi {
    private ServedApi() {}

    /**
     * Listens, where the API is enabled.
     *
     * @throws IllegalArgumentException in words for an operator, when it cannot
     */
    static Optional<Api> start(AppConfig loaded, Answers answers) {
        if (!loaded.api().enabled()) {
            return Optional.empty();
        }
        AlertFeed feed = AlertFeed.start(
                loaded.kafka(),
                loaded.settings().topics().alerts(),
                loaded.api().live());
        boolean listens = false;
        try {
            PolicyFeedback feedback = new PolicyFeedback(
                    loaded.kafka(), loaded.settings().topics().policy());
            Api api = Api.start(loaded.api(), new Api.Parts(answers, feedback, Optional.of(feed), Clock.systemUTC()));
            listens = true;
            return Optional.of(api);
        } finally {
            if (!listens) {
                feed.close();
            }
        }
    }
}
