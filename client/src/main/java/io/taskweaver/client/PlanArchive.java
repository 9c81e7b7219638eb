package io.taskweaver.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.taskweaver.wire.context.ContextDocument;
import io.taskweaver.wire.context.ContextDocument.Unusable;
import io.taskweaver.wire.json.ModelJson;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/** The file that a plan is archived to: a ZIP file; docs/archives.md describes it. */
public final class PlanArchive {
    /** Name of the format. */
    public static final String FORMAT = "taskweaver-archive";

    /** The only version so far. */
    public static final int VERSION = 1;

    static final String INDEX = "archive.json";
    static final String EVENTS = "events.jsonl";
    static final String CONTEXTS = "contexts.json";
    static final String LINE = "line.bundle";

    private PlanArchive() {}

    /**
     * Writes an archive: the file is there when it is complete and on the disk.
     *
     * @param about what it is of
     * @param events file with its events
     * @param contexts its contexts with its code; empty if there are none
     * @return its SHA-256, in hexadecimal digits
     */
    static String write(
            Path file,
            ObjectNode about,
            SortedMap<String, String> texts,
            Path events,
            Optional<ContextDocument> contexts)
            throws IOException {
        var folder = Objects.requireNonNull(file.toAbsolutePath().getParent(), "a file is in a folder");
        var fresh = Files.createTempFile(folder, ".taskweaver-", ".tmp");
        try {
            try (var zip = new ZipOutputStream(Files.newOutputStream(fresh))) {
                put(zip, INDEX, ModelJson.document(about));
                for (var text : texts.entrySet()) put(zip, text.getKey(), text.getValue());
                zip.putNextEntry(new ZipEntry(EVENTS));
                Files.copy(events, zip);
                zip.closeEntry();
                if (contexts.isPresent()) {
                    zip.putNextEntry(new ZipEntry(CONTEXTS));
                    zip.write(contexts.get().withoutCode());
                    zip.closeEntry();
                    zip.putNextEntry(new ZipEntry(LINE));
                    zip.write(contexts.get().bundle());
                    zip.closeEntry();
                }
            }
            sync(fresh);
            var digest = digest(fresh);
            // A temporary file is private by default; what is archived is for whoever may read the folder.
            fresh.toFile().setReadable(true, false);
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            sync(folder);
            return digest;
        } finally {
            Files.deleteIfExists(fresh);
        }
    }

    /** After that, a loss of power does not lose it. Not every system can do it for a folder. */
    private static void sync(Path path) throws IOException {
        boolean isFolder = Files.isDirectory(path);
        try (var channel = FileChannel.open(path, isFolder ? StandardOpenOption.READ : StandardOpenOption.WRITE)) {
            channel.force(true);
        } catch (IOException e) {
            if (!isFolder) throw e;
        }
    }

    private static void put(ZipOutputStream zip, String name, String text) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(text.getBytes(StandardCharsets.UTF_8));
        zip.closeEntry();
    }

    /** The index of an archive of a plan. */
    static ObjectNode index(String plan, String title, String end, Instant at, Map<String, String> entries) {
        var index = JsonNodeFactory.instance
                .objectNode()
                .put("format", FORMAT)
                .put("version", VERSION)
                .put("plan", plan)
                .put("title", title)
                .put("end", end)
                .put("archived_at", at.toString());
        var files = index.putObject("entries");
        entries.forEach(files::put);
        return index;
    }

    /** SHA-256 of a file, in hexadecimal digits. */
    public static String digest(Path file) throws IOException {
        try (InputStream in = new DigestInputStream(Files.newInputStream(file), MessageDigest.getInstance("SHA-256"))) {
            in.transferTo(OutputStream.nullOutputStream());
            return HexFormat.of()
                    .formatHex(((DigestInputStream) in).getMessageDigest().digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** Whether a file may be an archive: a ZIP file begins so. */
    public static boolean isOne(byte[] begin) {
        return begin.length > 3 && begin[0] == 'P' && begin[1] == 'K' && begin[2] == 3 && begin[3] == 4;
    }

    /**
     * The contexts of the archived plan.
     *
     * @throws Unusable if the file is no archive, of another version, damaged, or without contexts
     */
    public static ContextDocument contexts(Path file) throws IOException, Unusable {
        try (var zip = new ZipFile(file.toFile())) {
            var index = ModelJson.SERVICES.readTree(bytes(zip, INDEX));
            if (!index.path("format").asText().equals(FORMAT)) throw noArchive("its index names another format");
            if (index.path("version").asInt() != VERSION)
                throw ContextDocument.unusable(
                        "It is version " + index.path("version").asText("?") + " of the format " + FORMAT
                                + "; this build reads version " + VERSION + ".",
                        "Read it with the build that wrote it.");
            if (zip.getEntry(CONTEXTS) == null)
                throw ContextDocument.unusable(
                        "The archive has no contexts: the plan had none when it was archived.",
                        "List its entries with: unzip -l FILE");
            JsonNode document = ModelJson.SERVICES.readTree(bytes(zip, CONTEXTS));
            return ContextDocument.read(document, bytes(zip, LINE));
        } catch (ZipException e) {
            throw noArchive(String.valueOf(e.getMessage()));
        }
    }

    private static byte[] bytes(ZipFile zip, String name) throws IOException, Unusable {
        var entry = zip.getEntry(name);
        if (entry == null) throw noArchive("it has no " + name);
        try (var in = zip.getInputStream(entry)) {
            return in.readAllBytes();
        }
    }

    private static Unusable noArchive(String why) {
        return ContextDocument.unusable(
                "It is not an archive of a plan, or it is damaged: " + why + ".",
                "Name a file that taskweaver archive wrote.");
    }
}
