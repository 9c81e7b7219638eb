package io.taskweaver.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taskweaver.model.event.PlanEvent;
import io.taskweaver.model.event.PlanEvent.OfAttempt;
import io.taskweaver.wire.testing.Filled;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whoever may write to a topic may write any number; readers of events count on those that there can be. */
class AttemptNumbersTest {
    static Stream<Class<?>> eventsOfAttempts() {
        return records(PlanEvent.class).filter(OfAttempt.class::isAssignableFrom);
    }

    private static Stream<Class<?>> records(Class<?> type) {
        return type.isRecord()
                ? Stream.of(type)
                : Arrays.stream(type.getPermittedSubclasses()).flatMap(AttemptNumbersTest::records);
    }

    @ParameterizedTest
    @MethodSource("eventsOfAttempts")
    void no_event_is_of_an_attempt_before_the_first(Class<? extends PlanEvent> type) throws Exception {
        var components = type.getRecordComponents();
        var constructor = type.getDeclaredConstructor(
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
        var event = Filled.of(type);
        var values = new Object[components.length];
        for (int i = 0; i < values.length; i++)
            values[i] = components[i].getName().equals("attempt")
                    ? 0
                    : components[i].getAccessor().invoke(event);

        assertThat(values).contains(0);
        assertThatThrownBy(() -> constructor.newInstance(values))
                .hasCauseInstanceOf(IllegalArgumentException.class)
                .rootCause()
                .hasMessageContaining("attempts count from 1");
    }
}
