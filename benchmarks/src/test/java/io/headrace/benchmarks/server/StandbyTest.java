package io.headrace.benchmarks.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
class StandbyTest {

    @Test
    void theServerThatIsPromotedHasAllThatWasCommittedAndNothingOutlivesTheClose() throws Exception {
        Instance former;
        Instance promoted;
        try (Server server = Server.open(Optional.empty())) {
            Sql anywhere = new Sql(server.failoverOptions(), Map.of());
            anywhere.run("CREATE TABLE kept (nr integer)");
            former = ((EmbeddedServer) server).primary();

            server.addStandby();
            assertThat(anywhere.number("SELECT count(*) FROM pg_stat_replication WHERE sync_state = 'sync'"))
                    .isEqualTo(1);
            anywhere.run("INSERT INTO kept VALUES (1)");
            server.stop("immediate");
            assertThat(server.promote()).isNotEmpty();

            promoted = ((EmbeddedServer) server).primary();
            assertThat(promoted.port()).isNotEqualTo(former.port());
            assertThat(anywhere.number("SELECT count(*) FROM kept")).isEqualTo(1);
        }
        assertThat(former.data()).doesNotExist();
        assertThat(promoted.data()).doesNotExist();
    }
}
