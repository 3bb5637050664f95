package postwarden.producer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The list of classes that the launcher puts into the archive though no line is sent while that is made. */
class ArchivedClassesTest {
    private static final Path LIST = Path.of("bin", "postwarden-producer.classes");

    @Test
    void every_class_of_ours_and_of_the_libraries_in_the_list_is_there() throws IOException {
        // Given
        List<String> listed = Files.readAllLines(LIST).stream()
                .filter(line -> !line.startsWith("#"))
                .filter(name -> !name.matches("(java|javax|jdk|sun)\\..*"))
                .toList();

        // When
        List<String> missing = listed.stream().filter(name -> !isThere(name)).toList();

        // Then
        assertThat(listed).hasSizeGreaterThan(100);
        assertThat(missing).isEmpty();
    }

    private static boolean isThere(String name) {
        try {
            Class<?> unused = Class.forName(name, false, ArchivedClassesTest.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException gone) {
            return false;
        }
    }
}
