package io.headrace.postgres.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.StoreException;
import io.r2dbc.spi.R2dbcException;
import io.r2dbc.spi.R2dbcNonTransientResourceException;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SqlErrorsTest {

    @ParameterizedTest
    @ValueSource(strings = {"42P05", "26000", "08P01"})
    void lostStatementsAreSaidToBeAPoolers(String sqlState) {
        assertThat(SqlErrors.of(with(sqlState)))
                .hasMessageContaining("pooler in transaction mode")
                .hasMessageContaining("preparedStatementCacheQueries=0")
                .hasMessageContaining("notifications(false)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"25006", "57P01", "57P02", "57P03"})
    void aServerThatDoesNotWriteOrIsGoingIsLeft(String sqlState) {
        assertThat(SqlErrors.meansAnotherServer(with(sqlState))).isTrue();
        assertThat(SqlErrors.sparesConnection(with(sqlState))).isFalse();
        assertThat(((StoreException) SqlErrors.of(with(sqlState))).isPassing()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"08006", "08003", "08P01"})
    void aConnectionThatIsLostSaysNothingOfTheOthers(String sqlState) {
        assertThat(SqlErrors.meansAnotherServer(with(sqlState))).isFalse();
        assertThat(SqlErrors.sparesConnection(with(sqlState))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"23505", "40P01", "55P03", "57014", "22P02", "42501"})
    void aRefusalLeavesTheConnectionAsItIs(String sqlState) {
        assertThat(SqlErrors.sparesConnection(with(sqlState))).isTrue();
    }

    @Test
    void whatHasNoAnswerCostsTheConnection() {
        assertThat(SqlErrors.sparesConnection(new TimeoutException())).isFalse();
        assertThat(SqlErrors.sparesConnection(new OutOfMemoryError())).isFalse();
        assertThat(SqlErrors.sparesConnection(new ThrownErrorException(new OutOfMemoryError())))
                .isFalse();
        assertThat(SqlErrors.sparesConnection(new ConnectionLostException())).isFalse();
    }

    @Test
    void whatEachOfSeveralServersSaidIsTold() {
        R2dbcException none = with("08003");
        none.addSuppressed(with("57P03"));

        assertThat(SqlErrors.of(none)).hasMessageContaining("with 08003; with 57P03");
    }

    @Test
    void anErrorThatWasThrownMayPassUnlessAClassIsMissing() {
        assertThat(passing(new ThrownErrorException(new OutOfMemoryError()))).isTrue();
        assertThat(passing(new ThrownErrorException(new NoClassDefFoundError())))
                .isFalse();
    }

    private static boolean passing(Throwable error) {
        return ((StoreException) SqlErrors.of(error)).isPassing();
    }

    private static R2dbcException with(String sqlState) {
        return new R2dbcNonTransientResourceException("with " + sqlState, sqlState);
    }
}
