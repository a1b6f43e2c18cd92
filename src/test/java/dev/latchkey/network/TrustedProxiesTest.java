package dev.latchkey.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrustedProxiesTest {
    private static final TrustedProxies PROXIES = new TrustedProxies(Stream.of("10.0.0.0/8", "fd00::/8", "192.0.2.7")
            .map(text -> AddressBlock.parse(text).orElseThrow())
            .toList());

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "10.1.2.3 | 203.0.113.9 | 203.0.113.9",
                "10.1.2.3 | 198.51.100.1, 203.0.113.9 | 203.0.113.9",
                "10.1.2.3 | 198.51.100.1, 203.0.113.9, 10.9.9.9 | 203.0.113.9",
                "10.1.2.3 | 10.9.9.9, 10.8.8.8 | 10.9.9.9",
                "10.1.2.3 | 203.0.113.9:5123 | 203.0.113.9",
                "10.1.2.3 | [2001:DB8:0:0:0::5]:443 | 2001:db8::5",
                "10.1.2.3 | 2001:db8:0:0:1:0:0:5 | 2001:db8::1:0:0:5",
                "10.1.2.3 | 2001:db8:0:1:1:1:1:5 | 2001:db8:0:1:1:1:1:5",
                "10.1.2.3 | 2001:db8:: | 2001:db8::",
                "10.1.2.3 | ::1 | ::1",
                "10.1.2.3 | :: | ::",
                "10.1.2.3 | ::ffff:203.0.113.9 | 203.0.113.9",
                "10.1.2.3 | unknown | 10.1.2.3",
                "10.1.2.3 | 203.0.113.9, nonsense, 10.9.9.9 | 10.9.9.9",
                "10.1.2.3 | '' | 10.1.2.3",
                "[fd00::1] | 203.0.113.9 | 203.0.113.9",
                "::ffff:10.1.2.3 | 203.0.113.9 | 203.0.113.9",
                "192.0.2.7 | 203.0.113.9 | 203.0.113.9",
                "192.0.2.8 | 203.0.113.9 | 192.0.2.8",
                "11.0.0.1 | 203.0.113.9 | 11.0.0.1",
            })
    void client_isTheLastThatIsNoTrustedProxy(String peer, String header, String client) {
        assertThat(PROXIES.clientOf(peer, List.of(header))).isEqualTo(client);
    }

    @Test
    void client_ofSeveralHeaders_isTheLastOfAll() {
        assertThat(PROXIES.clientOf("10.0.0.1", List.of("198.51.100.1", "203.0.113.9", "10.0.0.2")))
                .isEqualTo("203.0.113.9");
    }

    @Test
    void client_withoutHeader_isThePeer() {
        assertThat(PROXIES.clientOf("10.0.0.1", List.of())).isEqualTo("10.0.0.1");
        assertThat(TrustedProxies.NONE.clientOf("[::1]", List.of("203.0.113.9")))
                .isEqualTo("::1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "10.0.0.0/33",
                "10.0.0.0/",
                "10.0.0/8",
                "256.0.0.1",
                "fd00::/129",
                "fd00:::/8",
                "10.0.0.0/8/8",
                "localhost",
                "1e100.net",
                "10.0.0.0 /8",
                "::ffff:10.0.0.0/104"
            })
    void block_thatIsNone_isRefused(String text) {
        assertThat(AddressBlock.parse(text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/9,10.127.255.255,true",
        "10.0.0.0/9,10.128.0.0,false",
        "0.0.0.0/0,255.255.255.255,true",
        "0.0.0.0/0,::1,false",
        "::/0,2001:db8::1,true",
        "2001:db8::/127,2001:db8::1,true",
        "2001:db8::/127,2001:db8::2,false",
        "203.0.113.9,203.0.113.9,true",
        "203.0.113.9/32,203.0.113.8,false"
    })
    void block_holdsTheAddressesOfItsFirstBits(String block, String address, boolean holds) {
        assertThat(AddressBlock.parse(block)
                        .orElseThrow()
                        .contains(IpAddress.parse(address).orElseThrow()))
                .isEqualTo(holds);
    }
}
