package io.taskweaver.runtime.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A data folder on a disk without room, and on one that nobody may write to. */
class FullDiskTest {
    @TempDir
    Path folder;

    private boolean mounted;

    private void mount(String options) throws Exception {
        mounted = run("mount", "-t", "tmpfs", "-o", options, "tmpfs", folder.toString()) == 0;
        assumeThat(mounted)
                .as("a file system can be mounted, which takes root on Linux")
                .isTrue();
    }

    private static int run(String... command) throws InterruptedException {
        try {
            return new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException e) {
            return -1;
        }
    }

    @AfterEach
    void unmount() throws Exception {
        if (mounted) assertThat(run("umount", folder.toString())).isZero();
    }

    @Test
    void a_full_disk_is_named_by_broker_and_registry_with_what_to_do() throws Exception {
        mount("size=64k");
        var broker = catchThrowableOfType(StartException.class, () -> EmbeddedBroker.start(folder.resolve("kafka")));
        var registry = catchThrowableOfType(
                StartException.class,
                () -> EmbeddedRegistry.start(
                        RegistryApplication.at(Path.of("target/registry")), folder.resolve("registry")));
        for (var problem : new StartException[] {broker, registry}) {
            assertThat(problem)
                    .isInstanceOf(StartException.DataFolderNotWritable.class)
                    .hasMessageContainingAll(folder.toString(), "the disk is full");
            assertThat(problem.hint()).contains("Free space");
        }
        try (var left = Files.walk(folder)) {
            assertThat(left).as("files of the look").noneMatch(Files::isRegularFile);
        }
    }

    @Test
    void a_read_only_disk_is_named() throws Exception {
        mount("ro");
        var problem = catchThrowableOfType(StartException.class, () -> EmbeddedBroker.start(folder.resolve("kafka")));
        assertThat(problem).hasMessageContaining("the file system is read-only");
        assertThat(problem.hint()).contains("another folder");
    }
}
