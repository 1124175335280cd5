package io.headrace.samples.indexer.address;

import io.headrace.samples.indexer.IndexerProperties;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Reads what somebody sent as the address of a repository. Only schemes that are named are let through: no helper programs
 * ({@code ext::…}), nothing that a git client might take for an option, no passwords, which would be stored and shown.
 */
@Component
public final class AddressCheck {

    private static final int LONGEST = 1_000;
    private static final String FILE = "file";
    private static final Set<String> REMOTE = Set.of("http", "https", "git");

    private final Set<String> transports;

    AddressCheck(IndexerProperties properties) {
        this.transports = new TreeSet<>(properties.transports());
    }

    /**
     * The address as it is stored, so that the same repository is the same text.
     *
     * @throws InvalidAddressException that says what is wrong and what to do
     */
    public GitAddress read(@Nullable String text) {
        if (text == null || text.isBlank()) {
            throw new InvalidAddressException("'url' is missing. Send {\"url\": \"https://example.org/mill.git\"}.");
        }
        String given = text.strip();
        if (given.length() > LONGEST) {
            throw new InvalidAddressException("'url' has " + given.length() + " characters; at most " + LONGEST
                    + " are taken. Send the repository's clone URL.");
        }
        if (given.chars().anyMatch(c -> Character.isISOControl(c))) {
            throw new InvalidAddressException("'url' has control characters in it. Send it without.");
        }
        return new GitAddress(isPath(given) ? path(given) : url(given));
    }

    private static boolean isPath(String given) {
        try {
            return Path.of(given).isAbsolute();
        } catch (InvalidPathException e) {
            return false;
        }
    }

    private String url(String given) {
        URI uri = parse(given);
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        if (scheme.equals(FILE) && uri.getAuthority() == null && uri.getPath() != null) {
            return path(uri.getPath());
        }
        if (!REMOTE.contains(scheme)) {
            throw unusable();
        }
        allow(scheme);
        String path = uri.getRawPath();
        if (uri.getHost() == null || path == null || path.length() < 2) {
            throw new InvalidAddressException(
                    "'url' names no host or no repository. Send it as " + scheme + "://host/path.");
        }
        if (uri.getRawUserInfo() != null || uri.getRawQuery() != null || uri.getRawFragment() != null) {
            throw new InvalidAddressException(
                    "'url' has a user, a query or a fragment in it, which would be stored and shown. Send it without.");
        }
        String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
        return scheme + "://" + uri.getHost().toLowerCase(Locale.ROOT) + port + path.replaceAll("/+$", "");
    }

    private URI parse(String given) {
        try {
            return new URI(given);
        } catch (URISyntaxException e) {
            throw unusable();
        }
    }

    private String path(String given) {
        allow(FILE);
        try {
            // Not toUri: that looks whether it is a folder there, and would write the same path in two ways.
            return new URI(FILE, "", Path.of(given).normalize().toString(), null).toString();
        } catch (InvalidPathException | URISyntaxException e) {
            throw unusable();
        }
    }

    private void allow(String transport) {
        if (!transports.contains(transport)) {
            throw new InvalidAddressException(
                    "Repositories are not taken by " + transport + " here. Send one by " + named() + ".");
        }
    }

    private InvalidAddressException unusable() {
        return new InvalidAddressException("'url' is neither a URL by " + named()
                + " nor an absolute path. Helper programs (ext::…), ssh and relative paths are not taken.");
    }

    private String named() {
        return String.join(", ", transports);
    }
}
