package postwarden.producer.follow;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import postwarden.producer.checkpoint.FileState;
import postwarden.producer.checkpoint.Registry;
import postwarden.producer.file.Family;
import postwarden.producer.file.FileId;
import postwarden.producer.file.FileKey;
import postwarden.producer.file.Print;
import postwarden.producer.follow.Lookout.Found;

/**
 * What an agent that starts now would read: the same look, the same identities, and nothing sent, kept or changed.
 *
 * @param items one of each file, in the order of the sources
 * @param refused paths that would not be read, and why, sorted
 */
public record Survey(List<Item> items, Map<String, String> refused) {
    private static final Logger LOG = LoggerFactory.getLogger(Survey.class);

    public Survey {
        items = List.copyOf(items);
    }

    /**
     * A file that would be read.
     *
     * @param path where it stands
     * @param source which names it, or the log that it was rotated from
     * @param host of the first line that has a header, or the configured one; the reporter's name where no line tells
     * @param fileId its identity; empty while it has no whole line
     * @param known whether the checkpoint knows it
     * @param size in bytes; of a packed file, packed
     * @param from first byte that would be read
     * @param unread bytes that would be read; -1 for a packed file, of which only unpacking tells
     */
    public record Item(
            String path, Source source, String host, String fileId, boolean known, long size, long from, long unread) {}

    /**
     * Looks.
     *
     * @param sources what would be read
     * @param reporter the agent's own name
     * @param links whether symbolic links are followed
     * @param registry what its last run left behind
     */
    public static Survey of(List<Source> sources, boolean links, String reporter, Registry registry, Clock clock) {
        Looking looking = new Looking(sources, links, reporter, registry, clock);
        looking.look();
        return new Survey(looking.items, new TreeMap<>(looking.refused()));
    }

    /** One look under way. */
    private static final class Looking {
        private final Complaints complaints = new Complaints(
                new SimpleMeterRegistry().counter("survey"), (path, why) -> LOG.debug("{}: {}", path, why));
        private final List<Item> items = new ArrayList<>();
        private final Set<FileKey> met = new HashSet<>();
        private final Registry registry;
        private final KnownContents known;
        private final Lookout lookout;
        private final Folders folders;
        private final String reporter;
        private final Clock clock;

        Looking(List<Source> sources, boolean links, String reporter, Registry registry, Clock clock) {
            this.registry = registry;
            this.known = new KnownContents(registry);
            this.lookout = new Lookout(sources, links, complaints);
            this.folders = new Folders(clock, links);
            this.reporter = reporter;
            this.clock = clock;
        }

        void look() {
            Set<String> families = new LinkedHashSet<>();
            for (Found found : lookout.present(path -> Optional.empty()).values()) {
                met.add(found.stat().key());
                item(found, false);
                families.add(found.stat().family());
            }
            registry.seen().forEach(state -> families.add(state.family()));
            families.forEach(this::generations);
        }

        /** What was not read of a log before it was rotated. */
        private void generations(String family) {
            Optional<Source> source = lookout.sourceOf(family);
            if (source.isPresent()) {
                for (Stat stat : folders.generations(family)) {
                    if (met.add(stat.key())) {
                        item(new Found(source.get(), stat), true);
                    }
                }
            }
        }

        private void item(Found found, boolean onlyRest) {
            Stat stat = found.stat();
            try {
                Optional<FileState> state = known.heldBy(stat);
                boolean rest = state.isPresent() && Content.hasMore(stat, state.get());
                if (!onlyRest || rest) {
                    items.add(item(found, state));
                }
            } catch (IOException e) {
                complaints.about(stat.path().toString(), Lookout.words(e));
            }
        }

        private Item item(Found found, Optional<FileState> state) throws IOException {
            Stat stat = found.stat();
            try (Content content = Content.open(stat)) {
                long from = state.map(FileState::offset).orElse(begin(found, content));
                String fixed = found.source().host().fixed();
                String host =
                        fixed.isEmpty() ? FirstHost.of(found.source(), content, reporter, clock.instant()) : fixed;
                return new Item(
                        stat.path().toString(),
                        found.source(),
                        host.isEmpty() ? reporter : host,
                        state.isPresent() ? state.get().fileId() : newId(stat, content),
                        state.isPresent(),
                        stat.size(),
                        from,
                        Family.isCompressed(stat.name()) ? -1 : Math.max(0, stat.size() - from));
            }
        }

        /** At the very first start a log begins where its source says. */
        private long begin(Found found, Content content) throws IOException {
            if (registry.isFirstStart() && found.source().start() == Source.Start.END) {
                content.seekEnd();
            }
            return content.position();
        }

        private String newId(Stat stat, Content content) throws IOException {
            byte[] bytes = new byte[Print.PREFIX];
            Print beginning = Print.ofBeginning(bytes, content.read(bytes, bytes.length, 0));
            return beginning.length() == 0
                    ? ""
                    : FileId.of(stat.family(), beginning, registry.turns(stat.family(), beginning));
        }

        Map<String, String> refused() {
            complaints.looked();
            return complaints.current();
        }
    }
}
