package postwarden.parse.rule;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressesTest {

    @ParameterizedTest
    @CsvSource({
        "203.0.113.9, 203.0.113.9",
        "::ffff:203.0.113.9, 203.0.113.9",
        "IPv6:::ffff:203.0.113.9, 203.0.113.9",
        "::FFFF:cb00:7109, 203.0.113.9",
        "IPv6:2001:DB8::1, 2001:db8::1",
        "2001:0db8:0000:0000:0001:0000:0000:0001, 2001:db8::1:0:0:1",
        "2001:db8:0:1:1:1:1:1, 2001:db8:0:1:1:1:1:1",
        "fe80::1%eth0, fe80::1",
        "::, ::",
        "::1, ::1",
        "1::, 1::",
        "64:ff9b::192.0.2.1, 64:ff9b::c000:201",
    })
    void an_address_has_one_spelling(String logged, String canonical) {
        assertThat(Addresses.canonical(logged)).isEqualTo(canonical);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", "unknown", "1.2.3", "1.2.3.4.5", "256.1.1.1", "01.2.3.4", "1..2.3", "::1::", "1:2:3:4:5:6:7",
                "1:2:3:4:5:6:7:8:9", "12345::", ":1", "1:", "g::1", "::1.2.3", "1:2:3:4:5:6:7::8", "٣.2.3.4", "IPv6:"
            })
    void what_is_no_address_stays_none(String logged) {
        assertThat(Addresses.canonical(logged)).isEmpty();
    }
}
