package io.taskweaver.model.storage;

import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Why a file could not be read or written, where the operating system's word for it is known, and what to do. The
 * words are those of strerror(3): the JDK, RocksDB and Kafka's log hand them on, each in an exception of its own.
 */
public enum StorageFailure {
    FULL(
            "no space left on device",
            "the disk is full, or has no inodes left (see df -h and df -i)",
            "Free space, then start again: it continues where it stopped."),
    QUOTA(
            "disk quota exceeded",
            "the disk quota of this user is used up (see quota -s)",
            "Free space, then start again: it continues where it stopped."),
    READ_ONLY("read-only file system", "the file system is read-only", "Mount it writable, or choose another folder."),
    TOO_MANY_FILES(
            "too many open files",
            "this process may not open more files (see ulimit -n)",
            "Raise the limit, e.g. with 'ulimit -n 4096', then start again."),
    NO_EXECUTION(
            "failed to map segment from shared object",
            "the file system does not permit execution (mounted noexec)",
            "Use another temporary folder: JAVA_TOOL_OPTIONS=-Djava.io.tmpdir=DIR."),
    TOO_LONG("file name too long", "the path is too long for the file system", "Choose a folder with a shorter path."),
    NOT_ALLOWED(
            "permission denied",
            "this user lacks the permission",
            "Give this user access (ls -ld shows the owner), or choose another folder."),
    DEFECT(
            "input/output error",
            "the disk reports an error (see dmesg)",
            "Check the disk, or choose a folder on another one."),
    /** Git says only this where a write was cut short; the last, since other messages of it have the system's words too. */
    UNWRITTEN(
            "unable to write file",
            "a file could not be written, probably because the disk is full (see df -h and df -i)",
            "Free space, then start again: it continues where it stopped.");

    private static final int DEEPEST = 20;
    private static final String START_AGAIN = ", then start again";

    private final String systemWords;
    private final String cause;
    private final String remedy;

    StorageFailure(String systemWords, String cause, String remedy) {
        this.systemWords = systemWords;
        this.cause = cause;
        this.remedy = remedy;
    }

    /** What is wrong, as the part of a sentence. */
    public String cause() {
        return cause;
    }

    /** Whether it may be one file's alone, and others can be written. */
    public boolean isOfOneFile() {
        return this == TOO_LONG || this == NOT_ALLOWED;
    }

    /** Whether no more can be written. */
    public boolean isFull() {
        return this == FULL || this == QUOTA;
    }

    /** Whether it fails whatever is written, and passes when somebody does something: it is no fault of the work at hand. */
    public boolean mayPass() {
        return !isOfOneFile() && this != NO_EXECUTION;
    }

    /** What to do, a sentence. */
    public String remedy() {
        return remedy;
    }

    /** What to do where nothing has to be started again, a sentence. */
    public String relief() {
        int end = remedy.indexOf(START_AGAIN);
        return end < 0 ? remedy : remedy.substring(0, end) + ".";
    }

    /** The failure behind an exception; empty where it is none of these. */
    public static Optional<StorageFailure> behind(Throwable thrown) {
        Throwable each = thrown;
        for (int depth = 0; each != null && depth < DEEPEST; depth++) {
            var found = of(each);
            if (found.isPresent()) return found;
            each = each.getCause();
        }
        return Optional.empty();
    }

    private static Optional<StorageFailure> of(Throwable thrown) {
        if (isA(thrown, "AccessDeniedException")) return Optional.of(NOT_ALLOWED);
        @Nullable String message = thrown.getMessage();
        return message == null ? Optional.empty() : in(message);
    }

    /** The failure that a text describes, such as a line of output. */
    public static Optional<StorageFailure> in(String text) {
        for (var known : values()) {
            int length = known.systemWords.length();
            for (int i = 0; i + length <= text.length(); i++)
                if (text.regionMatches(true, i, known.systemWords, 0, length)) return Optional.of(known);
        }
        return Optional.empty();
    }

    /**
     * Why something could not be read or written, as the part of a sentence. The message of an exception may be a path
     * alone, its reason the name of its class.
     */
    public static String cause(IOException thrown) {
        return behind(thrown).map(StorageFailure::cause).orElseGet(() -> named(thrown));
    }

    /** Cause and, where one is known, remedy: the end of a sentence and another one. */
    public static String explained(IOException thrown) {
        return behind(thrown)
                .map(failure -> failure.cause + ". " + failure.remedy)
                .orElseGet(() -> named(thrown));
    }

    /** What to do about it, a sentence; where nothing better is known, what the caller says. */
    public static String remedy(IOException thrown, String otherwise) {
        return behind(thrown).map(StorageFailure::remedy).orElse(otherwise);
    }

    /** This module opens no files and does not know these types. */
    private static String named(IOException thrown) {
        var message = thrown.getMessage();
        if (message == null) return thrown.getClass().getSimpleName();
        if (isA(thrown, "NoSuchFileException")) return message + " does not exist";
        if (isA(thrown, "NotDirectoryException")) return message + " is not a folder";
        if (isA(thrown, "DirectoryNotEmptyException")) return message + " is a folder with files in it";
        if (isA(thrown, "FileAlreadyExistsException")) return message + " already exists";
        return message;
    }

    private static boolean isA(Throwable thrown, String type) {
        return thrown.getClass().getSimpleName().equals(type);
    }
}
