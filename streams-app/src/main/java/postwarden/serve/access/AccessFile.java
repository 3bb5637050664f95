package postwarden.serve.access;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The access list as its file has it now: a caller that is taken out of it is refused soon after. */
final class AccessFile {
    private static final Logger LOG = LoggerFactory.getLogger(AccessFile.class);

    private final Path file;
    private final Duration recheck;
    private final Clock clock;
    private Optional<AccessList> list;
    private Instant looked;
    private FileTime changed;

    /** @throws IllegalArgumentException saying what is wrong with the file */
    AccessFile(Path file, Duration recheck, Clock clock) {
        this.file = file;
        this.recheck = recheck;
        this.clock = clock;
        this.changed = lastChanged();
        this.looked = clock.instant();
        this.list = Optional.of(AccessList.read(file));
    }

    /** Nothing while the file cannot be used: who was taken out of it must not get in because of a wrong line. */
    synchronized Optional<AccessList> now() {
        Instant now = clock.instant();
        if (now.isBefore(looked.plus(recheck)) && !now.isBefore(looked)) {
            return list;
        }
        looked = now;
        FileTime last = lastChanged();
        if (!last.equals(changed) || list.isEmpty()) {
            changed = last;
            reload();
        }
        return list;
    }

    private void reload() {
        try {
            list = Optional.of(AccessList.read(file));
            LOG.atInfo().addKeyValue("file", file).log("the access list was read anew");
        } catch (IllegalArgumentException wrong) {
            list = Optional.empty();
            LOG.atError()
                    .addKeyValue("reason", wrong.getMessage())
                    .log("the access list cannot be used; nobody in it gets in until it is mended");
        }
    }

    private FileTime lastChanged() {
        try {
            return Files.getLastModifiedTime(file);
        } catch (IOException gone) {
            return FileTime.fromMillis(-1);
        }
    }
}
