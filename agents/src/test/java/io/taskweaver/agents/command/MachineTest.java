package io.taskweaver.agents.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MachineTest {
    @TempDir
    private Path folder;

    @Test
    void executors_that_share_a_work_folder_are_on_one_machine_and_others_are_not() throws Exception {
        var ids = new HashSet<String>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var asked = threads.invokeAll(IntStream.range(0, 20)
                    .<Callable<String>>mapToObj(i -> () -> Machine.idOf(folder.resolve("work")))
                    .toList());
            for (var each : asked) ids.add(each.get());
        }

        assertThat(ids).hasSize(1).doesNotContain("");
        assertThat(Machine.idOf(folder.resolve("other"))).isNotIn(ids);
    }

    @Test
    void an_id_that_was_not_written_whole_is_written_again() throws Exception {
        Files.createFile(folder.resolve(".machine"));

        var id = Machine.idOf(folder);

        assertThat(id).isNotBlank();
        assertThat(Machine.idOf(folder)).isEqualTo(id);
    }
}
