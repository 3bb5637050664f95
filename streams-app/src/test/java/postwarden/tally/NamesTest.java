package postwarden.tally;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import postwarden.event.Daemon;
import postwarden.event.Event;
import postwarden.event.Field;
import postwarden.event.LocalAddress;
import postwarden.event.LogRecord;
import postwarden.event.Source;

class NamesTest {

    @ParameterizedTest
    @CsvSource({
        "192.0.2.7, 192.0.2.7, 192.0.2",
        "2001:db8:1:2:3:4:5:6, 2001:db8:1:2::/64, 2001:db8:1::/48",
        "2001:db8::1, 2001:db8:0:0::/64, 2001:db8:0::/48",
        "::1, 0:0:0:0::/64, 0:0:0::/48",
        "fe80::, fe80:0:0:0::/64, fe80:0:0::/48",
        "2001:db8:1:2::, 2001:db8:1:2::/64, 2001:db8:1::/48",
        "unknown, '', ''"
    })
    void an_address_belongs_to_a_client_and_to_a_site(String ip, String client, String site) {
        assertThat(Networks.client(ip)).isEqualTo(client);
        assertThat(Networks.site(ip)).isEqualTo(site);
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.7, 192.0",
        "2001:db8:1:2:3:4:5:6, 2001:db8::/32",
        "2001:db8::1, 2001:db8::/32",
        "::1, 0:0::/32",
        "unknown, ''"
    })
    void without_a_database_an_address_belongs_to_the_widest_prefix_of_a_provider(String ip, String system) {
        assertThat(Systems.PREFIXES.of(ip)).isEqualTo(system);
    }

    @ParameterizedTest
    @CsvSource({
        "10.1.2.3, true",
        "172.16.0.1, true",
        "172.31.255.1, true",
        "172.32.0.1, false",
        "172.1.0.1, false",
        "192.168.1.1, true",
        "127.0.0.1, true",
        "203.0.113.1, false",
        "fd00::1, true",
        "2001:db8::1, false"
    })
    void private_addresses_are_known(String ip, boolean expected) {
        assertThat(LocalAddress.isPrivate(ip)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "Karen.Vogel@Example.COM, karen.vogel@example.com",
        "root, root@mx1",
        "anna@bücher.example, anna@xn--bcher-kva.example",
        "two words, ''",
        "anna@-.-ü..example, anna@-.-ü..example"
    })
    void an_account_has_one_name(String logged, String name) {
        assertThat(Addresses.account(event(Field.ACCOUNT, logged))).isEqualTo(name);
    }

    @Test
    void what_is_longer_than_an_account_is_nobody() {
        assertThat(Addresses.account(event(Field.ACCOUNT, "a".repeat(129)))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"A@B.example, b.example", "a@b.example., b.example", "a, ''", "a@, ''", "a@b c, ''"})
    void a_destination_is_the_domain_of_the_recipient(String recipient, String domain) {
        assertThat(Addresses.recipientDomain(event(Field.RECIPIENT, recipient))).isEqualTo(domain);
    }

    @Test
    void the_null_sender_is_nobody() {
        assertThat(Addresses.sender(event(Field.SENDER, ""))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "450 4.7.1 <a.b1@c.example>: Greylisted for 300 s | 450 4.7.1 <>: Greylisted for # s",
                "connect to mx2.a.example[192.0.2.1]:25: timed out | connect to mx#.a.example[#.#.#.#]:#: timed out"
            })
    void a_reply_is_shown_without_what_varies(String reply, String shown) {
        assertThat(ReplyTemplate.of(reply)).isEqualTo(shown);
    }

    private static Event event(Field field, String value) {
        LogRecord.Line line = new LogRecord.Line(
                "default", "mx1", "postfix/smtpd", 1, Instant.EPOCH, "", "", new Source("f", "f", 0, 1, -1, -1));
        return new Event.Builder(line, Daemon.POSTFIX).put(field, value).build();
    }
}
