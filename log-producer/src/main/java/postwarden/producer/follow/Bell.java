package postwarden.producer.follow;

import io.micrometer.core.instrument.Counter;
import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileStore;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Rings when the kernel tells that something happened in a folder of logs (Linux: inotify). It only makes things happen sooner: what
 * it does not tell of, because a network file system, a full queue or a limit of watches keeps it from it, is found by looking.
 */
final class Bell implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Bell.class);

    private final @Nullable WatchService service;
    /** File systems of one host alone: on others somebody else's kernel may write, and ours does not know. */
    private static final Set<String> LOCAL =
            Set.of("ext2", "ext3", "ext4", "xfs", "btrfs", "zfs", "f2fs", "jfs", "reiserfs", "bcachefs", "tmpfs");

    private final Map<Path, WatchKey> watched = new HashMap<>();
    private final Set<Path> local = new HashSet<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Counter overflows;
    private Set<Path> touched = new HashSet<>();
    private boolean news;
    private boolean deaf;
    private boolean saidLimit;

    /**
     * A bell that hears through a service, which it closes.
     *
     * @param overflows counts the times that something was not told because too much was
     */
    Bell(@Nullable WatchService service, Counter overflows) {
        this.service = service;
        this.overflows = overflows;
    }

    /** A bell of its own. */
    static Bell install(Counter overflows) {
        try {
            return new Bell(FileSystems.getDefault().newWatchService(), overflows);
        } catch (IOException e) {
            LOG.info("the kernel does not tell of changes ({}); they are looked for", e.getMessage());
            return new Bell(null, overflows);
        }
    }

    /** Listens to these folders, and to no others any more. */
    void listenTo(Set<Path> folders) {
        if (service == null) {
            return;
        }
        watched.entrySet().removeIf(entry -> {
            boolean gone =
                    !folders.contains(entry.getKey()) || !entry.getValue().isValid();
            if (gone) {
                entry.getValue().cancel();
                local.remove(entry.getKey());
            }
            return gone;
        });
        for (Path folder : folders) {
            if (!watched.containsKey(folder)) {
                register(service, folder);
            }
        }
    }

    private void register(WatchService with, Path folder) {
        try {
            watched.put(
                    folder,
                    folder.register(
                            with,
                            StandardWatchEventKinds.ENTRY_CREATE,
                            StandardWatchEventKinds.ENTRY_DELETE,
                            StandardWatchEventKinds.ENTRY_MODIFY));
            if (isLocal(Files.getFileStore(folder))) {
                local.add(folder);
            }
        } catch (NoSuchFileException gone) {
            LOG.trace("{}: no such folder now", folder);
        } catch (IOException e) {
            if (!saidLimit) {
                LOG.info("{}: the kernel does not tell of changes ({}); they are looked for", folder, e.getMessage());
                saidLimit = true;
            }
        } catch (ClosedWatchServiceException closing) {
            LOG.trace("closing");
        }
    }

    static boolean isLocal(FileStore store) {
        return LOCAL.contains(store.type());
    }

    /** Whether the kernel tells of all that is written to files in a folder through their names there. */
    boolean hears(Path folder) {
        WatchKey key = watched.get(folder);
        return key != null && key.isValid() && local.contains(folder);
    }

    /** Takes what it has been told so far, without waiting. */
    void hark() {
        if (service != null) {
            try {
                for (WatchKey key = service.poll(); key != null; key = service.poll()) {
                    take(key);
                }
            } catch (ClosedWatchServiceException closing) {
                LOG.trace("closing");
            }
        }
    }

    /** Waits until it rings, or so long; answers whether it rang. */
    boolean await(long millis) throws InterruptedException {
        if (service == null) {
            boolean unused = closed.await(millis, TimeUnit.MILLISECONDS);
            return false;
        }
        try {
            WatchKey key = service.poll(millis, TimeUnit.MILLISECONDS);
            boolean rang = key != null;
            while (key != null) {
                take(key);
                key = service.poll();
            }
            return rang;
        } catch (ClosedWatchServiceException closing) {
            return false;
        }
    }

    private void take(WatchKey key) {
        for (WatchEvent<?> event : key.pollEvents()) {
            if (event.kind() == StandardWatchEventKinds.OVERFLOW) {
                overflows.increment();
                deaf = true;
            }
            if (event.kind() != StandardWatchEventKinds.ENTRY_MODIFY) {
                news = true;
            } else if (key.watchable() instanceof Path folder && event.context() instanceof Path name) {
                touched.add(folder.resolve(name));
            }
        }
        key.reset();
    }

    /** The files that were written to since this was asked last. */
    Set<Path> touched() {
        Set<Path> since = touched;
        touched = new HashSet<>();
        return since;
    }

    /** Whether it was told since this was asked last that more happened than it is told: any file may have been written to. */
    boolean wasDeaf() {
        boolean since = deaf;
        deaf = false;
        return since;
    }

    /** Whether something came, went or was renamed, or nobody knows, since this was asked last. */
    boolean news() {
        boolean since = news;
        news = false;
        return since;
    }

    /** Ends every wait; from any thread. */
    @Override
    public void close() {
        closed.countDown();
        if (service != null) {
            try {
                service.close();
            } catch (IOException e) {
                LOG.debug("the watch service cannot be closed: {}", e.getMessage());
            }
        }
    }
}
