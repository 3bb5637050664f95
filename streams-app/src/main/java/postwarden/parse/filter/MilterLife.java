package postwarden.parse.filter;

import postwarden.event.Kind;
import postwarden.parse.rule.Rule;

/** What the milters of the Trusted Domain Project say of themselves: OpenDKIM 2.11, OpenDMARC 1.4, OpenARC 1.0. */
final class MilterLife {
    static final Rule.Reading LIFE = Notes.containing(
            Kind.LIFECYCLE,
            " starting (",
            " terminating with status",
            " starting",
            "configuration reloaded from",
            "terminated with signal",
            "exited with status",
            "maximum restart ",
            "started:");

    static final Rule.Reading TROUBLE = Notes.containing(
            Kind.WARNING,
            "failed",
            "error",
            "Error",
            "ERROR",
            "can't ",
            "Could not ",
            "unable to ",
            "(): ",
            "WARNING",
            "not found",
            "could not be",
            "resource unavailable",
            "deprecated",
            "Internal program fault",
            "no such ",
            "not advised",
            "required parameter",
            "attempted to send as",
            "returned status",
            "not available",
            "ignoring reload signal",
            "ignoring invalid",
            "corrupt");

    private MilterLife() {}
}
