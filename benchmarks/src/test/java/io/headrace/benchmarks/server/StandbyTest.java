package io.headrace.benchmarks.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StandbyTest {

    @Test
    void whatWasCommittedIsOnTheServerThatIsPromotedAndOnTheNext() throws Exception {
        Instance first;
        Instance second;
        try (Server server = Server.open(Optional.empty())) {
            Sql anywhere = new Sql(server.failoverOptions(), Map.of());
            anywhere.run("CREATE TABLE kept (nr integer)");

            server.addStandby();
            anywhere.run("INSERT INTO kept VALUES (1)");
            assertThat(anywhere.number("SELECT count(*) FROM pg_stat_replication WHERE sync_state = 'sync'"))
                    .isEqualTo(1);
            first = ((EmbeddedServer) server).primary();
            server.stop("immediate");
            assertThat(server.promote()).isNotEmpty();
            assertThat(anywhere.number("SELECT count(*) FROM kept")).isEqualTo(1);
            anywhere.run("INSERT INTO kept VALUES (2)");

            server.addStandby();
            second = ((EmbeddedServer) server).primary();
            server.stop("fast");
            server.promote();
            assertThat(anywhere.number("SELECT count(*) FROM kept")).isEqualTo(2);
            assertThat(((EmbeddedServer) server).primary()).isEqualTo(first);
        }
        assertThat(first.data()).doesNotExist();
        assertThat(second.data()).doesNotExist();
    }
}
