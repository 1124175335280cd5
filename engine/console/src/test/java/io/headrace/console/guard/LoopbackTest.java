package io.headrace.console.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.net.UnixDomainSocketAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which addresses and names are this machine's. */
class LoopbackTest {

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.1.2.3", "::1", "::ffff:127.0.0.1"})
    void theseAddressesAre(String address) {
        assertThat(Peer.isLoopback(new InetSocketAddress(address, 80))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.1", "192.168.0.1", "0.0.0.0", "fe80::1", "::ffff:10.0.0.1", "8.8.8.8"})
    void theseAddressesAreNot(String address) {
        assertThat(Peer.isLoopback(new InetSocketAddress(address, 80))).isFalse();
    }

    @Test
    void noOtherSortOfAddressIs() {
        assertThat(Peer.isLoopback(InetSocketAddress.createUnresolved("localhost", 80)))
                .isFalse();
        assertThat(Peer.isLoopback(UnixDomainSocketAddress.of("/tmp/socket"))).isFalse();
        assertThat(Peer.isLoopback(null)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "LOCALHOST:8473",
                "127.0.0.1",
                "127.0.0.1:80",
                "[::1]",
                "[::1]:8080",
                "jobs.localhost:80"
            })
    void theseNamesAre(String host) {
        assertThat(LoopbackHost.accepts(host)).isTrue();
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                "evil.example",
                "localhost.evil.example",
                "127.0.0.1.evil.example",
                "127.0.0.1:80@evil.example",
                "10.0.0.1",
                "notlocalhost",
                "[::2]",
                "localhost:",
                "localhost:80:80",
                "0.0.0.0"
            })
    void theseNamesAreNot(String host) {
        assertThat(LoopbackHost.accepts(host)).isFalse();
    }
}
