package io.taskweaver.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.taskweaver.runtime.embedded.StartException;
import org.junit.jupiter.api.Test;

class OpenFilesTest {
    @Test
    void too_few_descriptors_are_said_before_anything_starts() {
        var problem = catchThrowableOfType(StartException.class, () -> OpenFiles.check(64));
        assertThat(problem).hasMessage("This process may have 64 files open; the runtime needs 1024.");
        assertThat(problem.hint()).contains("ulimit -n");
    }

    @Test
    void enough_or_an_unknown_number_is_no_problem() {
        assertThatCode(() -> OpenFiles.check(1024)).doesNotThrowAnyException();
        assertThatCode(() -> OpenFiles.check(-1)).doesNotThrowAnyException();
    }
}
