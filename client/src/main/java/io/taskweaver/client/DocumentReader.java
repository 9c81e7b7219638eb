package io.taskweaver.client;

import io.taskweaver.model.Document;
import io.taskweaver.model.storage.StorageFailure;
import io.taskweaver.wire.Topics;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Reads the texts that a user names. */
public final class DocumentReader {
    private static final int MIB = 1024 * 1024;

    /** Of JSON only the tasks are submitted, which are far less. */
    private static final int MAX_JSON_BYTES = 64 * MIB;

    private static final String SPLIT =
            "Split it into several documents and plan each, or remove text that is not a requirement.";

    private DocumentReader() {}

    /** What became of reading a file. */
    public sealed interface Reading {}

    /**
     * It is a text.
     *
     * @param note what was guessed about it
     */
    public record Read(Document document, Optional<String> note) implements Reading {}

    /**
     * It cannot be used.
     *
     * @param problem what is wrong, with the path
     * @param hint what to do about it
     */
    public record Refused(String problem, String hint) implements Reading {}

    /** Reads a file in UTF-8, or in what {@link TextDecoding} knows, a byte order mark left out. Paths below the working directory are made relative to it. */
    public static Reading read(Path file) {
        if (Files.isDirectory(file))
            return new Refused(
                    file + " is a directory, not a document.",
                    "Name the file in it, e.g. " + file + "/REQUIREMENTS.md.");
        if (!Files.exists(file))
            return new Refused(
                    "There is no file " + file + ".", "Check the path; it is relative to the current directory.");
        byte[] bytes;
        try (var in = Files.newInputStream(file)) {
            bytes = in.readNBytes(MAX_JSON_BYTES + 1);
            if (isTooLarge(bytes))
                return new Refused(
                        "%s is %.1f MiB; a submission may have %d MiB."
                                .formatted(file, (double) Files.size(file) / MIB, Topics.MAX_SUBMISSION_BYTES / MIB),
                        SPLIT);
        } catch (IOException e) {
            return new Refused(
                    file + " cannot be read: " + StorageFailure.cause(e) + ".",
                    StorageFailure.remedy(e, "Check its permissions."));
        }
        return text(file.toString(), displayPath(file), bytes);
    }

    /**
     * Reads what is piped in.
     *
     * @param name what messages and events call it
     */
    public static Reading read(InputStream in, String name) {
        try {
            var bytes = in.readNBytes(MAX_JSON_BYTES + 1);
            if (isTooLarge(bytes))
                return new Refused(
                        name + " is larger than " + Topics.MAX_SUBMISSION_BYTES / MIB
                                + " MiB, the limit of a submission.",
                        SPLIT);
            return text(name, name, bytes);
        } catch (IOException e) {
            return new Refused(
                    name + " cannot be read: " + e.getMessage() + ".",
                    "Pipe a text to standard input, or name a file.");
        }
    }

    private static boolean isTooLarge(byte[] bytes) {
        if (bytes.length <= Topics.MAX_SUBMISSION_BYTES) return false;
        int first = 0;
        while (first < bytes.length && Character.isWhitespace(bytes[first])) first++;
        boolean isJson = first < bytes.length && (bytes[first] == '{' || bytes[first] == '[');
        return !isJson || bytes.length > MAX_JSON_BYTES;
    }

    private static Reading text(String file, String shown, byte[] bytes) {
        var known = OfficeFile.of(bytes);
        if (known.isPresent())
            return new Refused(
                    file + " is " + known.get().shown() + ", not a text.",
                    known.get().conversion(file));
        var decoded = TextDecoding.decode(bytes);
        if (decoded.isPresent() && decoded.get().text().indexOf(0) < 0)
            return new Read(
                    new Document(shown, decoded.get().text()),
                    decoded.get()
                            .guessed()
                            .map(charset -> file + " was read as " + charset.name()
                                    + ", which was guessed from its content. Save it as UTF-8 if that is wrong."));
        for (byte b : bytes)
            if (b == 0)
                return new Refused(
                        file + " is a binary file, not a text.", "Give a Markdown or plain text file in UTF-8.");
        return new Refused(
                file + " is not UTF-8 text.", "Save it as UTF-8, e.g. with: iconv -f ISO-8859-1 -t UTF-8 " + file);
    }

    /** The path as messages and events name it: relative to the working directory where it lies below, '/' separated. */
    private static String displayPath(Path file) {
        var working = Path.of("").toAbsolutePath();
        var absolute = file.toAbsolutePath().normalize();
        var shown = absolute.startsWith(working) ? working.relativize(absolute) : absolute;
        return shown.toString().replace('\\', '/');
    }
}
