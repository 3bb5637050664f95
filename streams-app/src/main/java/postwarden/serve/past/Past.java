package postwarden.serve.past;

import java.util.Optional;
import postwarden.incident.Alert;

/** Incidents that were over for so long that the desk has forgotten them, as they can still be seen elsewhere. */
public interface Past {
    /** An instance that knows of none. */
    Past NONE = (tenant, id) -> Optional.empty();

    /**
     * The incident as it was told last, with what was said of it since.
     *
     * @throws postwarden.serve.wire.Refusal 503 while that cannot be looked at
     */
    Optional<Alert> incident(String tenant, String id);
}
