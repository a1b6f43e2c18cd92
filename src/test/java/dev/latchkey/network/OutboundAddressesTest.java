package dev.latchkey.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Addresses as a name server hands them out, whatever name it was asked for. */
class OutboundAddressesTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0",
                "0.1.2.3",
                "169.254.0.1",
                "169.254.169.254",
                "168.63.129.16",
                "100.100.100.200",
                "192.0.0.192",
                "224.0.0.1",
                "255.255.255.255",
                "::",
                "fe80::1",
                "fec0::1",
                "fd00:ec2::254",
                "fd20:ce::254",
                "ff02::1",
                "::ffff:169.254.169.254",
                "::169.254.169.254",
                "::127.0.0.1",
                "::ffff:0:7f00:1",
                "64:ff9b::a9fe:a9fe",
                "64:ff9b::7f00:1",
                "64:ff9b::",
                "64:ff9b:1::a9fe:a9fe",
                "2002:a9fe:a9fe::1",
                "2002:7f00:1::",
                "2001::1"
            })
    void linkLocal_special_andThisMachineInDisguise_areForbidden(String address) throws Exception {
        assertThat(OutboundAddresses.isForbidden(InetAddress.getByName(address)))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "10.0.0.1",
                "172.16.0.1",
                "192.168.1.1",
                "100.64.0.1",
                "203.0.113.7",
                "fd12::1",
                "2001:db8::1",
                "::ffff:10.0.0.1",
                "64:ff9b::a00:1",
                "2002:a00:1::1"
            })
    void anotherMachine_alsoOfAPrivateNetwork_isNot(String address) throws Exception {
        InetAddress other = InetAddress.getByName(address);
        assertThat(OutboundAddresses.isForbidden(other)).isFalse();
        assertThat(OutboundAddresses.isLoopback(other)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.9.9.9", "::1", "::ffff:127.0.0.1"})
    void loopback_isForTheCallerToJudge(String address) throws Exception {
        assertThat(OutboundAddresses.isLoopback(InetAddress.getByName(address))).isTrue();
    }

    /** As the JDK hands out an AAAA record; what it parses, it makes an IPv4 address of. */
    @Test
    void anIpv4MappedAddress_ofANameServer_isJudgedByWhatIsInIt() throws UnknownHostException {
        assertThat(OutboundAddresses.isForbidden(mapped(169, 254, 169, 254))).isTrue();
        assertThat(OutboundAddresses.isForbidden(mapped(127, 0, 0, 1))).isTrue();
        assertThat(OutboundAddresses.isForbidden(mapped(10, 0, 0, 1))).isFalse();
    }

    private static InetAddress mapped(int... ipv4) throws UnknownHostException {
        byte[] bytes = new byte[16];
        bytes[10] = (byte) 0xff;
        bytes[11] = (byte) 0xff;
        for (int i = 0; i < ipv4.length; i++) {
            bytes[12 + i] = (byte) ipv4[i];
        }
        return Inet6Address.getByAddress("any", bytes, -1);
    }
}
