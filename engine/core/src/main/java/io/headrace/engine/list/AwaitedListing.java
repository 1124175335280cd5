package io.headrace.engine.list;

import io.headrace.InvalidSettingException;
import io.headrace.JobConstraints;
import io.headrace.JobId;
import io.headrace.signal.AwaitedPage;
import io.headrace.spi.SignalStore;
import io.headrace.spi.SignalStore.AwaitedPlace;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Lists who waits for which signal, page by page. A cursor is a version and, in Base64 as URLs have it, a place. */
public final class AwaitedListing {

    private static final int MOST = 200;
    private static final String VERSION = "1.";

    private AwaitedListing() {}

    /** As {@link io.headrace.JobOperator#awaiting} says. */
    public static Mono<AwaitedPage> page(SignalStore store, @Nullable String key, @Nullable String cursor, int most) {
        if (most < 1 || most > MOST) {
            throw new InvalidSettingException("most", most + " is outside 1 to " + MOST);
        }
        String only = key == null ? null : JobConstraints.signalKey(key);
        AwaitedPlace after = cursor == null ? null : place(cursor);
        if (after != null && only != null && !after.key().equals(only)) {
            throw invalid("belongs to another key");
        }
        return store.awaiting(only, after, most).map(slice -> {
            AwaitedPlace next = slice.next();
            return new AwaitedPage(slice.waits(), next == null ? null : text(next));
        });
    }

    private static String text(AwaitedPlace place) {
        byte[] bytes = (place.job() + " " + place.key()).getBytes(StandardCharsets.UTF_8);
        return VERSION + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static AwaitedPlace place(String cursor) {
        try {
            if (cursor.startsWith(VERSION)) {
                byte[] bytes = Base64.getUrlDecoder().decode(cursor.substring(VERSION.length()));
                String[] parts = new String(bytes, StandardCharsets.UTF_8).split(" ", 2);
                if (parts.length == 2) {
                    return new AwaitedPlace(JobConstraints.signalKey(parts[1]), JobId.parse(parts[0]));
                }
            }
        } catch (RuntimeException e) {
            throw invalid("is damaged");
        }
        throw invalid("is damaged, or was made by another version");
    }

    private static InvalidSettingException invalid(String reason) {
        return new InvalidSettingException("cursor", reason + ". Begin again without a cursor");
    }
}
