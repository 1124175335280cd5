package io.headrace.engine.guard;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.JobOutcome;
import io.headrace.spi.Verdict;
import java.io.IOException;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Failures of one sort have one fingerprint, whatever differs from attempt to attempt and from JVM to JVM. */
class ErrorFingerprintTest {

    private static final String[] MILL = {"mill.Stone.grind:12", "mill.Mill.run:7"};

    private static <T extends Throwable> T at(T error, String... frames) {
        error.setStackTrace(Stream.of(frames).map(ErrorFingerprintTest::frame).toArray(StackTraceElement[]::new));
        return error;
    }

    private static StackTraceElement frame(String text) {
        int colon = text.indexOf(':');
        int dot = text.lastIndexOf('.', colon);
        return new StackTraceElement(
                text.substring(0, dot),
                text.substring(dot + 1, colon),
                "Mill.java",
                Integer.parseInt(text.substring(colon + 1)));
    }

    private static String of(Throwable error) {
        return ErrorText.of(error).fingerprint();
    }

    @Test
    void isTheSameInEveryJvm() {
        assertThat(of(at(new IllegalStateException("cracked"), MILL))).isEqualTo("d60a426117c0b52c");
    }

    @Test
    void messagesAndLinesDoNotCount() {
        assertThat(of(at(new IllegalStateException("cracked"), MILL)))
                .isEqualTo(of(at(new IllegalStateException("worn"), "mill.Stone.grind:99", "mill.Mill.run:100")));
    }

    @Test
    void typesAndMethodsCount() {
        String cracked = of(at(new IllegalStateException("cracked"), MILL));

        assertThat(of(at(new IllegalArgumentException("cracked"), MILL))).isNotEqualTo(cracked);
        assertThat(of(at(new IllegalStateException("cracked"), "mill.Stone.turn:12", "mill.Mill.run:7")))
                .isNotEqualTo(cracked);
    }

    @Test
    void framesOfTheJdkOfReactorAndOfTheEngineDoNotCount() {
        assertThat(of(at(
                        new IllegalStateException("cracked"),
                        "java.util.Objects.requireNonNull:1",
                        MILL[0],
                        "jdk.internal.reflect.DirectMethodHandleAccessor.invoke:103",
                        "jdk.proxy2.$Proxy31.grind:0",
                        "mill.Stone$$SpringCGLIB$$0.grind:0",
                        MILL[1],
                        "reactor.core.publisher.MonoDefer.subscribe:45",
                        "io.headrace.engine.run.HandlerRun.run:9",
                        "java.lang.Thread.run:1583")))
                .isEqualTo(of(at(new IllegalStateException("cracked"), MILL)));
    }

    @ParameterizedTest
    @CsvSource({
        "mill.Mill.lambda$grind$3:12, mill.Mill.lambda$grind$0:12",
        "mill.Mill$1.run:12, mill.Mill$4.run:12",
        "mill.Mill.grind$lambda-2:12, mill.Mill.grind$lambda-0:12",
    })
    void whatCompilersNumberDoesNotCount(String one, String other) {
        assertThat(of(at(new IllegalStateException(), one))).isEqualTo(of(at(new IllegalStateException(), other)));
    }

    @Test
    void theTypeOfAHiddenClassIsThatOfItsSource() {
        assertThat(StackFrames.className("mill.Mill$$Lambda/0x00007f01a8")).isEqualTo("mill.Mill");
        assertThat(StackFrames.className("mill.Mill$$Lambda$14/0x00007f01a8")).isEqualTo("mill.Mill");
        assertThat(StackFrames.className("jdk.proxy2.$Proxy31")).isEqualTo("jdk.proxy2.$Proxy");
    }

    @Test
    void aRecursionCountsOnceHoweverDeepItIs() {
        assertThat(of(at(new StackOverflowError(), MILL[0], MILL[0], MILL[0], MILL[1])))
                .isEqualTo(of(at(new StackOverflowError(), MILL)));
    }

    @Test
    void causesCountAndWrappersDoNot() {
        IOException cause = at(new IOException("gone"), MILL);
        String wrapped = of(at(new IllegalStateException("no water", cause), MILL));

        assertThat(of(at(new CompletionException(cause), "mill.Other.wait:1"))).isEqualTo(of(cause));
        assertThat(wrapped).isNotEqualTo(of(at(new IllegalStateException("no water"), MILL)));
    }

    @Test
    void withoutAFrameOfTheApplicationTheTopmostCounts() {
        String timeout =
                of(at(new IllegalStateException("1"), "reactor.core.publisher.FluxTimeout.handle:1", "a.B.c:1"));

        assertThat(timeout).isEqualTo(of(at(new IllegalStateException("2"), "a.B.c:9")));
        assertThat(of(at(new IllegalStateException("1"), "reactor.core.publisher.FluxTimeout.handle:1")))
                .isNotEqualTo(of(at(new IllegalStateException("1"), "reactor.core.publisher.FluxTake.next:1")));
    }

    @Test
    void withoutFramesTheMessageCountsSaveForWhatNamesASingleJob() {
        assertThat(of(at(new IllegalStateException("no customer 4711 in 'Berlin'"))))
                .isEqualTo(of(at(new IllegalStateException("no customer 4712 in 'Bonn'"))))
                .isNotEqualTo(of(at(new IllegalStateException("no order 4711"))));
        assertThat(ErrorText.of(JobOutcome.Fail.class.getName(), "no customer 01J9-ab")
                        .fingerprint())
                .isEqualTo(ErrorText.of(JobOutcome.Fail.class.getName(), "no customer 01JB-cd")
                        .fingerprint())
                .isNotEqualTo(ErrorText.of(JobOutcome.Fail.class.getName(), "no order")
                        .fingerprint());
    }

    @Test
    void aChainOfCausesThatIsACircleEnds() {
        Exception one = new Exception("one");
        Exception other = new Exception("other", one);
        one.initCause(other);

        assertThat(of(one)).hasSize(16).isEqualTo(of(one));
    }

    @Test
    void theFrameThatTellsMostIsOfTheApplication() {
        IOException cause = at(new IOException("gone"), "java.io.Reader.read:1", MILL[0]);
        Verdict.Failure failure =
                ErrorText.of(at(new IllegalStateException(cause), "reactor.core.publisher.Mono.block:1"));

        assertThat(failure.trace().frame()).isEqualTo("mill.Stone.grind(Mill.java:12)");
        assertThat(ErrorText.of(at(new Exception(), "java.io.Reader.read:1"))
                        .trace()
                        .frame())
                .isEqualTo("java.io.Reader.read(Mill.java:1)");
        assertThat(ErrorText.of(at(new Exception())).trace().frame()).isNull();
    }

    @Test
    void errorsThatDifferInTheirMessageAloneHaveOneTrace() {
        assertThat(ErrorText.of(at(new IllegalStateException("4711"), MILL)).trace())
                .isEqualTo(ErrorText.of(at(new IllegalStateException("4712"), MILL))
                        .trace())
                .isNotEqualTo(ErrorText.of(at(new IllegalStateException("4711"), MILL[0]))
                        .trace());
    }

    @Test
    void errorsThatAreAlikeAreWrittenOutOnce() {
        Verdict.Failure first =
                ErrorText.of(at(new IllegalStateException("4711", at(new IOException("gone"), MILL)), MILL));
        Verdict.Failure second =
                ErrorText.of(at(new IllegalStateException("4712", at(new IOException("gone"), MILL)), MILL));
        Verdict.Failure other =
                ErrorText.of(at(new IllegalStateException("4711", at(new IOException("left"), MILL)), MILL));

        assertThat(second.trace()).isSameAs(first.trace());
        assertThat(second.message()).isEqualTo("4712");
        assertThat(other.trace().text()).contains("java.io.IOException: left");
        assertThat(other.fingerprint()).isEqualTo(first.fingerprint());
    }
}
