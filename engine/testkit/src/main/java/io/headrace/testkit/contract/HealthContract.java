package io.headrace.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.spi.PoolUse;
import io.headrace.spi.StoreHealth;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;

/** What health checks see of a store. */
abstract class HealthContract extends ContractSuite {

    @Test
    void aStoreThatCanBeWorkedWithHasNoProblem() {
        StoreHealth health = await(store().inspector().health());

        assertThat(health.problem()).isNull();
        assertThat(health.version()).isNotBlank();
        assertThat(health.wakeUps()).isEqualTo(StoreHealth.WakeUps.NOT_WANTED);
    }

    @Test
    void wakeUpsAreHeardWhileSomebodyListens() throws InterruptedException {
        CountDownLatch heard = new CountDownLatch(1);
        Disposable listening = store().wakeUps().subscribe(queue -> heard.countDown());
        try {
            assertThat(heard.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
            assertThat(await(store().inspector().health()).wakeUps()).isEqualTo(StoreHealth.WakeUps.HEARD);
        } finally {
            listening.dispose();
        }
    }

    @Test
    void aStoreShowsItsPoolsIfItHasAny() {
        assertThat(store().inspector().pools().isEmpty()).isNotEqualTo(supports(Feature.POOLS));
    }

    @Test
    void poolsAreWithinTheirBounds() {
        assertThat(store().inspector().pools()).allSatisfy(HealthContract::isWithinBounds);
    }

    private static void isWithinBounds(PoolUse pool) {
        assertThat(pool.acquired() + pool.idle()).isBetween(0, pool.most());
        assertThat(pool.pending()).isNotNegative();
    }
}
