package io.taskweaver.code;

import java.io.IOException;
import java.nio.file.Path;

/** Some files of a working tree are written and others not, and they could not be put back. */
public final class HalfWrittenException extends Git.GitException {
    private static final long serialVersionUID = 1L;

    HalfWrittenException(Path folder, Exception cause, IOException second) {
        super("Files in " + folder + " are half written, and cannot be put back: " + second.getMessage()
                + ". Correct that, and run the command again: it puts them back first.");
        initCause(cause);
        addSuppressed(second);
    }
}
