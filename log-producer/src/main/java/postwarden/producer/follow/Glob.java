package postwarden.producer.follow;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The paths that a pattern names: {@code *}, {@code ?} and {@code [...]} in any of its parts, as a shell would. */
final class Glob {
    private Glob() {}

    /**
     * Every path that matches now, sorted; by a pattern, each of which somebody may have removed since its folder was listed. A pattern without wildcards names its path whether something stands there or not.
     *
     * @throws IOException when a folder on the way cannot be listed
     */
    static List<Path> expand(String pattern) throws IOException {
        Path absolute = Path.of(pattern).toAbsolutePath().normalize();
        List<Path> found = List.of(absolute.getRoot());
        int parts = absolute.getNameCount();
        for (int i = 0; i < parts; i++) {
            String part = absolute.getName(i).toString();
            found = isPattern(part) ? listed(found, part) : resolved(found, part);
        }
        // What a folder was just seen to hold need not be asked for once more: a question a file would double a look.
        boolean listed = !isPattern(absolute.toString())
                || isPattern(absolute.getName(parts - 1).toString());
        return found.stream()
                .filter(path -> listed || Files.exists(path, LinkOption.NOFOLLOW_LINKS))
                .sorted()
                .toList();
    }

    /** Whether a pattern names a path, whether something stands there or not. */
    static boolean matches(String pattern, Path path) {
        String absolute = Path.of(pattern).toAbsolutePath().normalize().toString();
        return isPattern(absolute)
                ? FileSystems.getDefault().getPathMatcher("glob:" + absolute).matches(path)
                : absolute.equals(path.toString());
    }

    /** Whether a path has wildcards. */
    static boolean isPattern(String part) {
        return part.indexOf('*') >= 0 || part.indexOf('?') >= 0 || part.indexOf('[') >= 0;
    }

    private static List<Path> resolved(List<Path> folders, String part) {
        return folders.stream().map(folder -> folder.resolve(part)).toList();
    }

    private static List<Path> listed(List<Path> folders, String part) throws IOException {
        List<Path> found = new ArrayList<>();
        for (Path folder : folders) {
            if (Files.isDirectory(folder)) {
                try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder, part)) {
                    entries.forEach(found::add);
                }
            }
        }
        return found;
    }
}
