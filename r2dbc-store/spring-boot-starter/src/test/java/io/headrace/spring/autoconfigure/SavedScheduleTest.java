package io.headrace.spring.autoconfigure;

import static io.headrace.spring.TestApp.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.JobType;
import io.headrace.PayloadCodec;
import io.headrace.schedule.Every;
import io.headrace.schedule.SaveAnswer;
import io.headrace.schedule.Schedule;
import io.headrace.spring.TestApp;
import java.io.IOException;
import java.io.Writer;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** A schedule that an application without an engine saves. */
class SavedScheduleTest {

    @Configuration(proxyBeanMethods = false)
    static class Loud {
        @Bean
        PayloadCodec capitals() {
            return new PayloadCodec() {
                @Override
                public void write(Object payload, Writer json) throws IOException {
                    json.write('"' + payload.toString().toUpperCase(Locale.ROOT) + '"');
                }

                @Override
                public Object read(String json, Type type) {
                    throw new UnsupportedOperationException("nobody handles jobs here");
                }
            };
        }
    }

    @Test
    void itsPayloadIsWrittenByTheApplicationsCodec() {
        try (TestApp app = TestApp.of(Loud.class).start()) {
            Schedule grind = Schedule.of(
                    "grind",
                    Every.of(Duration.ofHours(1)),
                    JobType.of("grind", String.class).job("rye"));

            assertThat(app.operator().schedules().save(grind).block(PATIENCE)).isEqualTo(SaveAnswer.CREATED);

            assertThat(app.number("SELECT count(*) FROM %s.schedule WHERE payload = '\"RYE\"'"))
                    .isOne();
        }
    }
}
