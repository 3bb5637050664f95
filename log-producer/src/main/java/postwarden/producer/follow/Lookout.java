package postwarden.producer.follow;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import postwarden.producer.file.Family;
import postwarden.producer.file.FileKey;

/** Looks at the paths that the sources name, and says what is wrong with them. */
final class Lookout {
    private List<Source> sources;
    private final boolean links;
    private final Complaints complaints;
    private final Set<Source> blindSources = new HashSet<>();
    private final Set<Path> blindPaths = new HashSet<>();

    /** A file that a source names. */
    record Found(Source source, Stat stat) {}

    Lookout(List<Source> sources, boolean links, Complaints complaints) {
        this.links = links;
        this.sources = files(sources);
        this.complaints = complaints;
    }

    /** Looks at the paths of other sources from now on. */
    void follow(List<Source> others) {
        sources = files(others);
        blindSources.clear();
        blindPaths.clear();
    }

    private static List<Source> files(List<Source> sources) {
        return sources.stream().filter(Source::isFiles).toList();
    }

    /**
     * Every regular file that a source names now, once, whatever its number of names.
     *
     * @param before what was seen at a path at the last look: of ten thousand files that are as they were nothing is kept twice
     */
    Map<FileKey, Found> present(Function<Path, Optional<Stat>> before) {
        blindSources.clear();
        blindPaths.clear();
        Map<FileKey, Found> present = new LinkedHashMap<>();
        for (Source source : sources) {
            for (Path path : paths(source)) {
                if (Glob.isPattern(source.path()) && isPacked(path)) {
                    // It is read as a generation of its log, if there is anything in it that was not read.
                    continue;
                }
                stand(source, path, before.apply(path))
                        .ifPresent(stat -> present.putIfAbsent(stat.key(), new Found(source, stat)));
            }
        }
        return present;
    }

    /** What a pattern named and is gone by now was no file that somebody waits for. */
    private Optional<Stat> stand(Source source, Path path, Optional<Stat> earlier) {
        if (!Glob.isPattern(source.path())) {
            return look(path, earlier);
        }
        try {
            return fit(path, earlier);
        } catch (NoSuchFileException gone) {
            return Optional.empty();
        } catch (IOException e) {
            return unseen(path, e);
        }
    }

    private static boolean isPacked(Path path) {
        String name = String.valueOf(path.getFileName());
        return name.endsWith(Family.GZIP) && !Family.of(name).equals(name);
    }

    /** Whether the last look could not see what stands at a path; a file must not count as gone because of that. */
    boolean isBlindTo(Source source, Path path) {
        return blindSources.contains(source) || blindPaths.contains(path);
    }

    /** What stands at a path, if it is a file to be followed. */
    Optional<Stat> look(Path path) {
        return look(path, Optional.empty());
    }

    private Optional<Stat> look(Path path, Optional<Stat> earlier) {
        try {
            return fit(path, earlier);
        } catch (NoSuchFileException e) {
            complaints.about(path.toString(), words(e));
            return Optional.empty();
        } catch (IOException e) {
            return unseen(path, e);
        }
    }

    private Optional<Stat> unseen(Path path, IOException why) {
        blindPaths.add(path);
        complaints.about(path.toString(), words(why));
        return Optional.empty();
    }

    private Optional<Stat> fit(Path path, Optional<Stat> earlier) throws IOException {
        Stat stat = Stat.of(path, links, earlier);
        if (!stat.regular()) {
            boolean link = !links && Files.isSymbolicLink(path);
            complaints.about(path.toString(), link ? "a symbolic link (follow.links)" : "not a regular file");
            return Optional.empty();
        }
        if (Family.isCompressed(stat.name())) {
            complaints.about(path.toString(), "compressed; only what rotation makes of a log is unpacked");
            return Optional.empty();
        }
        return Optional.of(stat);
    }

    /** The source whose pattern names a path. */
    Optional<Source> sourceOf(String path) {
        return sources.stream()
                .filter(source -> Glob.matches(source.path(), Path.of(path)))
                .findFirst();
    }

    private List<Path> paths(Source source) {
        try {
            List<Path> paths = Glob.expand(source.path());
            if (paths.isEmpty()) {
                complaints.about(source.path(), "no file matches yet");
            } else if (Glob.isPattern(source.path())) {
                complaints.fine(source.path());
            }
            return paths;
        } catch (IOException e) {
            blindSources.add(source);
            complaints.about(source.path(), words(e));
            return List.of();
        }
    }

    /** What an error says about a path, in a few words. */
    static String words(IOException error) {
        if (error instanceof NoSuchFileException) {
            return "no such file";
        }
        if (error instanceof AccessDeniedException) {
            return "permission denied";
        }
        String reason = error instanceof FileSystemException known ? known.getReason() : null;
        return String.valueOf(reason == null ? error.getMessage() : reason);
    }
}
