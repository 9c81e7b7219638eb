package io.taskweaver.executor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taskweaver.executor.StopSignal.Reason;
import io.taskweaver.executor.StopSignal.Stopped;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class RunningAttemptsTest {
    private final RunningAttempts running = new RunningAttempts();

    private StopSignal admit(int number) {
        var stop = new StopSignal();
        running.admit(Some.attempt(number), OptionalInt.empty(), stop);
        return stop;
    }

    private static void assertStopped(StopSignal stop, Reason reason) {
        assertThatThrownBy(stop::check)
                .isInstanceOfSatisfying(
                        Stopped.class, stopped -> assertThat(stopped.reason()).isEqualTo(reason));
    }

    @Test
    void a_newer_attempt_stops_the_older_one() {
        var older = admit(1);
        assertThatCode(older::check).doesNotThrowAnyException();

        var newer = admit(2);

        assertStopped(older, Reason.SUPERSEDED);
        assertThatCode(newer::check).doesNotThrowAnyException();
    }

    @Test
    void a_shutdown_also_stops_what_a_late_consumer_or_search_still_admits() {
        var early = admit(1);
        running.shutDown();

        var late = admit(2);

        assertStopped(early, Reason.SHUTDOWN);
        assertStopped(late, Reason.SHUTDOWN);
    }

    @Test
    void what_heeds_a_request_is_stopped_only_by_the_next_one() {
        var stop = admit(1);
        running.shutDown();
        stop.heed();
        assertThatCode(stop::check).doesNotThrowAnyException();

        running.shutDown();

        assertStopped(stop, Reason.SHUTDOWN);
    }
}
