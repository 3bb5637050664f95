package postwarden.stream;

import postwarden.detect.Fleet;
import postwarden.detect.Watcher;

/** What one task of the watches works on. */
record WatchPart(Watcher watcher, Fleet fleet) {}
