package postwarden.detect;

/**
 * What a watch remembers of a finding that goes on.
 *
 * @param lastShown last pane that showed it
 * @param lastAssessed last pane at which it was looked for
 * @param lastReported pane of the last report
 * @param calm panes in a row that did not show it, seen by hosts that reported
 */
public record OpenFinding(
        long lastShown, long lastAssessed, long lastReported, long calm, Severity severity, String cause) {}
