package io.headrace.engine.list;

import io.headrace.InvalidSettingException;
import io.headrace.JobState;
import io.headrace.operate.JobFilter;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * Where a list goes on. As text it is a version and, in Base64 as URLs have it, a checksum over the filter and the rest, the
 * state and the store's position. The checksum tells a damaged cursor and that of another filter; it is no signature: stores
 * check what they are given.
 *
 * @param position the store's; null for the beginning of the state
 */
record Cursor(JobState state, @Nullable String position) {

    private static final String VERSION = "1.";
    private static final int CHECKSUM = 8;

    static Cursor parse(String text, JobFilter filter) {
        if (!text.startsWith(VERSION)) {
            throw invalid("is damaged, or was made by another version");
        }
        String content = decoded(text.substring(VERSION.length()));
        int end = content.indexOf('\n', CHECKSUM);
        if (end < 0 || !content.startsWith(checksum(content.substring(CHECKSUM), filter))) {
            throw invalid("is damaged, or belongs to another filter");
        }
        String position = content.substring(end + 1);
        return new Cursor(state(content.substring(CHECKSUM, end), filter), position.isEmpty() ? null : position);
    }

    private static JobState state(String name, JobFilter filter) {
        return Stream.of(JobState.values())
                .filter(state -> state.name().equals(name))
                .filter(state -> filter.state() == null || filter.state() == state)
                .findFirst()
                .orElseThrow(() -> invalid("has no state that is listed"));
    }

    private static String decoded(String base64) {
        try {
            return new String(Base64.getUrlDecoder().decode(base64), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw invalid("is damaged");
        }
    }

    private static InvalidSettingException invalid(String reason) {
        return new InvalidSettingException("cursor", reason + ". Begin again without a cursor");
    }

    String text(JobFilter filter) {
        String rest = state + "\n" + (position == null ? "" : position);
        String content = checksum(rest, filter) + rest;
        return VERSION
                + Base64.getUrlEncoder().withoutPadding().encodeToString(content.getBytes(StandardCharsets.UTF_8));
    }

    private static String checksum(String rest, JobFilter filter) {
        CRC32 checksum = new CRC32();
        // Neither names nor keys contain line breaks.
        String whole = Stream.of(
                        filter.state(), filter.queue(), filter.kind(), filter.uniqueKey(), filter.fingerprint(), rest)
                .map(String::valueOf)
                .collect(Collectors.joining("\n"));
        checksum.update(whole.getBytes(StandardCharsets.UTF_8));
        return String.format("%08x", checksum.getValue());
    }
}
