package io.taskweaver.cli;

import io.taskweaver.model.storage.StorageFailure;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What the process prints, and whether all of it could be written: a {@link PrintStream} reports no failure by itself. Behind
 * the first one nothing more is written, so that what there is has no gap.
 */
final class StandardOutput {
    /** How systems say that nobody reads a pipe any more. */
    private static final List<String> BROKEN_PIPE =
            List.of("broken pipe", "the pipe is being closed", "the pipe has been ended");

    private final Checked checked;
    private final PrintStream stream;

    private StandardOutput(OutputStream target) {
        checked = new Checked(target);
        stream = utf8(checked);
    }

    /** That of this process. */
    static StandardOutput ofThisProcess() {
        return to(new FileOutputStream(FileDescriptor.out));
    }

    /** What is printed goes there. */
    static StandardOutput to(OutputStream target) {
        return new StandardOutput(target);
    }

    /** In UTF-8 whatever the locale says: files, titles and bars are. */
    static PrintStream utf8(OutputStream target) {
        return new PrintStream(target, true, StandardCharsets.UTF_8);
    }

    /** Where commands print. */
    PrintStream stream() {
        return stream;
    }

    /**
     * Writes what is not written yet, and says what could not be. That the reader of a pipe has gone, such as {@code head}, is
     * no failure.
     *
     * @param exitCode that of the command
     * @return that of the process
     */
    int end(int exitCode, PrintStream err) {
        stream.flush();
        var failure = checked.failure;
        if (failure == null || isBrokenPipe(failure)) return exitCode;
        err.println("error: What the command prints could not be written completely: " + StorageFailure.cause(failure)
                + ".\nThe rest is missing. Make room, or print to another place, and run the command again.");
        err.flush();
        return exitCode == ExitCode.DONE ? ExitCode.BAD_INPUT : exitCode;
    }

    private static boolean isBrokenPipe(IOException failure) {
        var message = String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT);
        return BROKEN_PIPE.stream().anyMatch(message::contains);
    }

    /** Remembers its first failure. */
    private static final class Checked extends OutputStream {
        private final OutputStream target;
        private volatile @Nullable IOException failure;

        Checked(OutputStream target) {
            this.target = target;
        }

        private interface Writing {
            void run() throws IOException;
        }

        @Override
        public void write(int b) throws IOException {
            tried(() -> target.write(b));
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            tried(() -> target.write(bytes, from, length));
        }

        @Override
        public void flush() throws IOException {
            tried(target::flush);
        }

        private synchronized void tried(Writing writing) throws IOException {
            var earlier = failure;
            if (earlier != null) throw new IOException(earlier.getMessage(), earlier);
            try {
                writing.run();
            } catch (IOException e) {
                failure = e;
                throw e;
            }
        }
    }
}
