package ai.kubiya.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whose word is taken for where a request comes from. */
class ClientAddressTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // trusted | peer | X-Forwarded-For | client
                "'' | 192.0.2.1 | '' | 192.0.2.1",
                "'' | 192.0.2.1 | 203.0.113.9 | 192.0.2.1",
                "127.0.0.1 | 192.0.2.1 | 203.0.113.9 | 192.0.2.1",
                "192.0.2.1 | 192.0.2.1 | 203.0.113.9 | 203.0.113.9",
                "192.0.2.1 | 192.0.2.1 | '' | 192.0.2.1",
                "192.0.2.1 | 192.0.2.1 | 198.51.100.7, 203.0.113.9 | 203.0.113.9",
                "192.0.2.0/24,10.0.0.0/8 | 192.0.2.1 | 198.51.100.7, 203.0.113.9, 10.9.9.9 | 203.0.113.9",
                "10.0.0.0/8 | 10.0.0.1 | 10.0.0.3, 10.0.0.2 | 10.0.0.3",
                "10.0.0.0/8 | 10.0.0.1 | 203.0.113.9, unknown | 10.0.0.1",
                "10.0.0.0/8 | 10.0.0.1 | 203.0.113.9, , 10.0.0.2 | 10.0.0.2",
                "10.0.0.0/8 | 10.0.0.1 | 203.0.113.9:4711 | 203.0.113.9",
                "10.0.0.0/8 | 10.0.0.1 | '[2001:db8::7]:443' | 2001:db8:0:0:0:0:0:7",
                "10.0.0.0/8 | 10.0.0.1 | 2001:db8::7 | 2001:db8:0:0:0:0:0:7",
                "10.0.0.0/8 | ::ffff:10.0.0.1 | 203.0.113.9 | 203.0.113.9",
                "fd00::/8, ::1 | 0:0:0:0:0:0:0:1 | 203.0.113.9, fd12::1 | 203.0.113.9",
                "10.0.0.0/9 | 10.128.0.1 | 203.0.113.9 | 10.128.0.1",
                "10.128.0.0/9 | 10.128.0.1 | 203.0.113.9 | 203.0.113.9",
                "0.0.0.0/0 | 10.128.0.1 | 203.0.113.9 | 203.0.113.9"
            })
    void isTheLastOneThatNoTrustedProxyHas(String trusted, String peer, String forwardedFor, String client) {
        assertThat(ClientAddress.behind(trusted).of(peer, forwardedFor.isEmpty() ? List.of() : List.of(forwardedFor)))
                .isEqualTo(client);
    }

    @Test
    void readsSeveralHeadersAsOneList() {
        ClientAddress address = ClientAddress.behind("10.0.0.0/8");

        assertThat(address.of("10.0.0.1", List.of("198.51.100.7", "203.0.113.9, 10.0.0.2")))
                .isEqualTo("203.0.113.9");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"proxy.example.com", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/x", "10.0.0.1;10.0.0.2", "1/2/3"})
    void refusesAListThatCannotBeMeant(String trusted) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ClientAddress.behind("127.0.0.1, " + trusted))
                .withMessageContaining("must be a comma separated list")
                .withMessageContaining(trusted);
    }
}
