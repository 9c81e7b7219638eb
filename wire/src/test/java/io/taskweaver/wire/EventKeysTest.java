package io.taskweaver.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventKeysTest {

    @Test
    void the_plan_is_what_a_key_starts_with() {
        assertThat(EventKeys.planOf(EventKeys.plan("p1"))).isEqualTo("p1");
        assertThat(EventKeys.planOf(EventKeys.planAnd("p1", "t1"))).isEqualTo("p1");
        assertThat(EventKeys.planOf(EventKeys.attempt("p1", "t1", 2))).isEqualTo("p1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a/b", "/"})
    void an_id_that_would_read_as_two_parts_is_refused(String id) {
        assertThatThrownBy(() -> EventKeys.plan(id)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> EventKeys.planAnd("p1", id)).isInstanceOf(IllegalArgumentException.class);
    }
}
