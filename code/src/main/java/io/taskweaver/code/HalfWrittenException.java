package io.taskweaver.code;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Some files of a working tree are written and others not, and they could not be put back. */
public final class HalfWrittenException extends Git.GitException {
    private static final long serialVersionUID = 1L;

    HalfWrittenException(Path folder, @Nullable Throwable cause) {
        super("Files in " + folder + " are half written, and cannot be put back: "
                + (cause == null ? "" : cause.getMessage())
                + ". Correct that, and run the command again: it puts them back first.");
        initCause(cause);
    }
}
