package io.headrace.postgres.connection;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The uses of a pool that have a connection, with room for as many as there are places: adding and removing one takes no
 * memory, of which there may be none. Guarded by the pool's lock.
 */
final class BusyUses {

    private final @Nullable Use<?>[] uses;

    BusyUses(int places) {
        this.uses = new Use<?>[places];
    }

    void add(Use<?> use) {
        for (int i = 0; i < uses.length; i++) {
            if (uses[i] == null) {
                uses[i] = use;
                return;
            }
        }
    }

    void remove(Use<?> use) {
        for (int i = 0; i < uses.length; i++) {
            if (uses[i] == use) {
                uses[i] = null;
            }
        }
    }

    List<Use<?>> list() {
        List<Use<?>> list = new ArrayList<>(uses.length);
        for (Use<?> use : uses) {
            if (use != null) {
                list.add(use);
            }
        }
        return list;
    }
}
