package io.headrace.console.guard;

import io.headrace.console.AccessRefusedException;
import io.headrace.console.OperatorPolicy;
import io.headrace.operate.Actor;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.web.reactive.function.server.ServerRequest;
import reactor.core.publisher.Mono;

/**
 * Knows actors by their tokens, and refuses everybody else. Tokens are kept and compared as digests, so that the time of a
 * comparison tells nothing about them.
 */
public final class TokenPolicy implements OperatorPolicy {

    private static final String BEARER = "bearer ";
    private static final String BASIC = "basic ";

    private final Map<String, Actor> byDigest;

    /** @param byToken the actors */
    public TokenPolicy(Map<String, Actor> byToken) {
        byDigest = byToken.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(entry -> digest(entry.getKey()), Map.Entry::getValue));
    }

    @Override
    public Mono<Actor> actor(ServerRequest request) {
        String token = token(request.headers().firstHeader(HttpHeaders.AUTHORIZATION));
        Actor actor = token == null ? null : byDigest.get(digest(token));
        return actor == null ? Mono.error(() -> refused(token != null)) : Mono.just(actor);
    }

    private static AccessRefusedException refused(boolean unknown) {
        return new AccessRefusedException(
                (unknown ? "The token is unknown" : "A token is needed")
                        + ": send one from the token file of this console as a bearer token, or as the password",
                "Basic realm=\"Headrace\", charset=\"UTF-8\"");
    }

    private static @Nullable String token(@Nullable String header) {
        String scheme = header == null ? "" : header.toLowerCase(Locale.ROOT);
        if (header != null && scheme.startsWith(BEARER)) {
            return header.substring(BEARER.length()).strip();
        }
        return header != null && scheme.startsWith(BASIC)
                ? password(header.substring(BASIC.length()).strip())
                : null;
    }

    private static @Nullable String password(String credentials) {
        try {
            String decoded = new String(Base64.getDecoder().decode(credentials), StandardCharsets.UTF_8);
            return decoded.substring(decoded.indexOf(':') + 1);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static String digest(String token) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
