package io.headrace.postgres;

import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;

/** A row of {@code claim.sql}, decoded. */
@NullMarked
final class ClaimRow implements Readable {

    private final Map<String, Object> columns = new HashMap<>();

    ClaimRow(Instant at, String payload) {
        columns.put("at", at);
        columns.put("sets", 1L);
        columns.put("seen", 500L);
        columns.put("reached", new Instant[] {at});
        columns.put("priorities", new Short[] {5});
        columns.put("lease", 1L);
        columns.put("id", 1L << 40);
        columns.put("kind", "errand");
        columns.put("priority", 5);
        columns.put("attempt", 1);
        columns.put("payload", payload);
    }

    @Override
    public <T> @Nullable T get(String name, Class<T> type) {
        return type.cast(columns.get(name));
    }

    @Override
    public <T> @Nullable T get(int index, Class<T> type) {
        throw new UnsupportedOperationException("columns are read by name");
    }
}
