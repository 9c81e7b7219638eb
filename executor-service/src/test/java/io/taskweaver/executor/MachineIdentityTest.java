package io.taskweaver.executor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MachineIdentityTest {
    @TempDir
    Path folder;

    @Test
    void executors_that_start_one_after_the_other_have_the_same() throws InterruptedException {
        var first = new MachineIdentity(folder, true);
        var second = new MachineIdentity(folder, true);
        assertThat(first.find()).isEmpty();
        assertThat(second.find()).isEmpty();
        assertThat(second.id()).isEqualTo(first.id());
    }

    @Test
    void while_it_cannot_be_stored_there_is_none_and_the_remedy_is_said() throws IOException, InterruptedException {
        // Also root cannot make a folder where a file is.
        var work = Files.createFile(folder.resolve("work"));
        var machine = new MachineIdentity(work, true);

        assertThat(machine.find())
                .hasValueSatisfying(why -> assertThat(why)
                        .startsWith("The work folder " + work + " cannot store the id of this machine (")
                        .contains("taskweaver.executor.work"));
        assertThatThrownBy(machine::id).isInstanceOf(IllegalStateException.class);

        Files.delete(work);
        assertThat(machine.find()).isEmpty();
        assertThat(machine.id()).isNotBlank();
    }

    @Test
    void an_executor_whose_runs_any_other_can_continue_needs_no_folder() throws IOException, InterruptedException {
        var machine = new MachineIdentity(Files.createFile(folder.resolve("work")), false);
        assertThat(machine.find()).isEmpty();
    }
}
