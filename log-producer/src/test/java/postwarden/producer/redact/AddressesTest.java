package postwarden.producer.redact;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressesTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            from=<joe@example.com>                       | from=<***@example.com>
            joe.o'neill+list@example.com wrote           | ***@example.com wrote
            a=b@c.example, d@e.example                   | ***@c.example, ***@e.example
            "a b@c"@example.com                          | ***@example.com
            jürgen@bücher.example                        | ***@bücher.example
            /var/log/users/joe@example.com.log: denied   | /var/log/users/***@example.com.log: denied
            http://me:secret@registry:8081 is away       | http://***@registry:8081 is away
            postfix@-.service                            | ***@-.service
            no address                                   | no address
            @ stands alone                               | @ stands alone
            """)
    void what_stands_before_the_sign_goes_and_the_domain_stays(String said, String masked) {
        // When
        String shown = Addresses.masked(said);

        // Then
        assertThat(shown).isEqualTo(masked);
    }

    @Test
    void a_quotation_mark_far_away_does_not_take_the_line_with_it() {
        // Given
        String text = "\"" + "a ".repeat(100) + "\"@example.com";

        // When
        String shown = Addresses.masked(text);

        // Then
        assertThat(shown).startsWith("\"a a").endsWith("@example.com");
    }

    @Property(tries = 500)
    void no_local_part_of_letters_gets_through(
            @ForAll String before, @ForAll @StringLength(min = 1, max = 64) String local, @ForAll String behind) {
        // Given
        String name = "q" + Integer.toHexString(local.hashCode()) + "z";

        // When
        String shown = Addresses.masked(before + name + "@" + behind);

        // Then
        assertThat(shown).doesNotContain(name + "@");
    }
}
