package io.headrace.samples.indexer.address;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.headrace.samples.indexer.IndexerProperties;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressCheckTest {

    private final AddressCheck check = taking("http", "https", "git", "file");

    private static AddressCheck taking(String... transports) {
        return new AddressCheck(new IndexerProperties(Path.of("unused"), Set.of(transports), Duration.ofSeconds(1)));
    }

    @ParameterizedTest
    @CsvSource({
        "https://example.org/mill.git, https://example.org/mill.git",
        "HTTPS://Example.ORG/Mill.git/, https://example.org/Mill.git",
        "' http://localhost:8080/mill ', http://localhost:8080/mill",
        "git://example.org/mill, git://example.org/mill",
        "/srv/git/mill, file:///srv/git/mill",
        "/srv/git/../git/mill/, file:///srv/git/mill",
        "/srv/a mill, file:///srv/a%20mill",
        "file:///srv/git/mill, file:///srv/git/mill",
        "file:/srv/a%20mill, file:///srv/a%20mill",
    })
    void oneRepositoryIsOneText(String given, String read) {
        assertThat(check.read(given).url()).isEqualTo(read);
        assertThat(check.read(read).url()).isEqualTo(read);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ext::sh -c 'id > /tmp/x'",
                "ext::https://example.org/mill",
                "--upload-pack=/bin/sh",
                "-u/bin/sh",
                "mill",
                "../mill",
                "~/mill",
                "git@example.org:mill.git",
                "ssh://example.org/mill.git",
                "ftp://example.org/mill.git",
                "file://example.org/mill.git",
                "file:mill",
                "https:///mill.git",
                "https://example.org",
                "https://example.org/",
                "https://miller:secret@example.org/mill.git",
                "https://example.org/mill.git?token=secret",
                "https://example.org/mill.git#main",
                "https://example.org/a mill",
                "https://example.org/mill\n.git",
                "/srv/mill\0",
                "",
                " ",
            })
    void whatMayDoHarmOrLeadsNowhereIsRefused(String given) {
        assertThatExceptionOfType(InvalidAddressException.class)
                .isThrownBy(() -> check.read(given))
                .withMessageContaining("url");
    }

    @Test
    void whatIsTooLongIsRefusedBeforeItIsLookedAt() {
        assertThatExceptionOfType(InvalidAddressException.class)
                .isThrownBy(() -> check.read("https://example.org/" + "m".repeat(1_000)))
                .withMessageContaining("1020 characters");
    }

    @Test
    void onlyWhatIsNamedIsTaken() {
        AddressCheck web = taking("https");

        assertThat(web.read("https://example.org/mill").url()).isEqualTo("https://example.org/mill");
        for (String other : new String[] {"/srv/mill", "file:///srv/mill", "http://example.org/mill"}) {
            assertThatExceptionOfType(InvalidAddressException.class)
                    .isThrownBy(() -> web.read(other))
                    .withMessageContaining("Send one by https.");
        }
    }
}
