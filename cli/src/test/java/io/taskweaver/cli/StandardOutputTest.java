package io.taskweaver.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What cannot be printed is said, and not taken for printed. */
class StandardOutputTest {
    private final ByteArrayOutputStream errors = new ByteArrayOutputStream();

    private int end(StandardOutput output, int exitCode) {
        return output.end(exitCode, new PrintStream(errors, true, StandardCharsets.UTF_8));
    }

    private String errors() {
        return errors.toString(StandardCharsets.UTF_8);
    }

    /** Takes some bytes, fails once, and would take more. */
    private static final class Filling extends OutputStream {
        private final ByteArrayOutputStream taken = new ByteArrayOutputStream();
        private final String failure;
        private boolean failed;

        Filling(String failure) {
            this.failure = failure;
        }

        @Override
        public void write(int b) throws IOException {
            if (!failed && taken.size() == 4) {
                failed = true;
                throw new IOException(failure);
            }
            taken.write(b);
        }
    }

    @Test
    void a_full_disk_is_an_error_and_nothing_follows_the_gap() {
        var disk = new Filling("No space left on device");
        var output = StandardOutput.to(disk);
        output.stream().println("first");
        output.stream().println("second");

        assertThat(end(output, ExitCode.DONE)).isEqualTo(ExitCode.BAD_INPUT);

        assertThat(disk.taken).hasToString("firs");
        assertThat(errors())
                .startsWith("error: What the command prints could not be written completely: the disk is full")
                .contains("run the command again");
    }

    @Test
    void a_failed_command_keeps_its_exit_code() {
        var output = StandardOutput.to(new Filling("No space left on device"));
        output.stream().println("first");
        assertThat(end(output, ExitCode.NO_RUNTIME)).isEqualTo(ExitCode.NO_RUNTIME);
        assertThat(errors()).contains("the disk is full");
    }

    @Test
    void a_reader_that_has_gone_is_no_failure() {
        var output = StandardOutput.to(new Filling("Broken pipe"));
        output.stream().println("first");
        assertThat(end(output, ExitCode.DONE)).isEqualTo(ExitCode.DONE);
        assertThat(errors()).isEmpty();
    }

    @Test
    void what_is_all_written_is_not_spoken_of() {
        var output = StandardOutput.to(new ByteArrayOutputStream());
        output.stream().print("all");
        assertThat(end(output, ExitCode.DONE)).isEqualTo(ExitCode.DONE);
        assertThat(errors()).isEmpty();
    }

    @Test
    void a_command_whose_output_goes_to_a_full_device_fails() throws IOException {
        var full = Path.of("/dev/full");
        assumeTrue(Files.isWritable(full), "the system has no device that is always full");
        try (var device = new FileOutputStream(full.toFile())) {
            var output = StandardOutput.to(device);
            int exitCode = CommandLines.of(CommandContext.ofThisProcess(output)).execute("export", "--schema");
            assertThat(exitCode).isEqualTo(ExitCode.DONE);
            assertThat(end(output, exitCode)).isEqualTo(ExitCode.BAD_INPUT);
            assertThat(errors()).contains("the disk is full");
        }
    }
}
