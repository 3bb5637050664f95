package postwarden.cli;

import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import postwarden.ask.Answers;
import postwarden.serve.Api;
import postwarden.serve.ApiParams;
import postwarden.serve.PolicyFeedback;
import postwarden.serve.live.AlertFeed;
import postwarden.serve.past.Past;
import postwarden.serve.past.TopicPast;
import postwarden.stream.Topics;

/** Starts the API that a configuration describes, over a running service's answers. */
public final class ServedApi {
    private ServedApi() {}

    /**
     * Listens, where the API is enabled.
     *
     * @throws IllegalArgumentException in words for an operator, when it cannot
     */
    public static Optional<Api> start(ApiParams params, Map<String, String> kafka, Topics topics, Answers answers) {
        if (!params.enabled()) {
            return Optional.empty();
        }
        AlertFeed feed = AlertFeed.start(kafka, topics.alerts(), params.live());
        boolean listens = false;
        try {
            PolicyFeedback feedback = new PolicyFeedback(kafka, topics.policy(), Clock.systemUTC());
            Past past = new TopicPast(kafka, topics.incidents(), topics.policy());
            Api api = Api.start(params, new Api.Parts(answers, feedback, past, Optional.of(feed), Clock.systemUTC()));
            listens = true;
            return Optional.of(api);
        } finally {
            if (!listens) {
                feed.close();
            }
        }
    }
}
