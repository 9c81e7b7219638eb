package io.taskweaver.client.output;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.taskweaver.code.Destination;
import io.taskweaver.model.FilePath;
import io.taskweaver.model.storage.StorageFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The folder that results go to. Each file appears whole or not at all. A list of what was written lies beside the
 * files, with digests: what an earlier run wrote and this one does not is removed, what a person wrote or changed is
 * kept, as {@code <name>.bak} where its place is needed.
 */
public final class OutputFolder {
    private static final String LIST = ".taskweaver-files.json";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path root;

    private OutputFolder(Path root) {
        this.root = root;
    }

    /** The folder cannot be used. */
    public static final class Refused extends Exception {
        private static final long serialVersionUID = 1L;

        Refused(String message, @Nullable Exception cause) {
            super(message, cause);
        }
    }

    /**
     * What became of writing.
     *
     * @param files how many were written, or were there already with the same text
     * @param kept files of somebody else that had to make room, now with the suffix .bak
     * @param refused paths that would have left the folder, or that the file system did not take, with the reason
     */
    public record Written(int files, List<String> kept, List<String> refused) {
        public Written {
            kept = List.copyOf(kept);
            refused = List.copyOf(refused);
        }
    }

    /**
     * Makes the folder if it is missing, and tries it out.
     *
     * @throws Refused if nothing can be written there
     */
    public static OutputFolder open(Path folder) throws Refused {
        var refusal = Destination.refusalOfFolder(folder, "");
        if (refusal.isPresent()) throw new Refused(refusal.get().reason(), null);
        try {
            boolean isNew = Files.notExists(folder);
            Files.createDirectories(folder);
            Files.delete(Files.createTempFile(folder, ".taskweaver-", ".tmp"));
            if (isNew || isOurs(folder)) keepOutOfCode(folder);
            return new OutputFolder(folder.toRealPath());
        } catch (IOException e) {
            throw new Refused(
                    "Nothing can be written to the folder " + folder + ": " + StorageFailure.cause(e) + ".", e);
        }
    }

    /** Whether earlier results lie there, and nothing that a repository has. */
    public static boolean isOurs(Path folder) {
        return Files.exists(folder.resolve(LIST)) && Files.notExists(folder.resolve(".git"));
    }

    /** Results inside a repository are not part of its code; a file that is there stays as it is. */
    private static void keepOutOfCode(Path folder) throws IOException {
        try {
            Files.writeString(folder.resolve(".gitignore"), "*\n", StandardOpenOption.CREATE_NEW);
        } catch (FileAlreadyExistsException e) {
            // Ours, or a person's.
        }
    }

    /**
     * Replaces what an earlier run wrote.
     *
     * @param files '/' separated path below the folder, to text
     * @param complete whether these are all files: then what an earlier run wrote besides is removed
     */
    public Written write(SortedMap<String, String> files, boolean complete) throws IOException {
        var earlier = list();
        var now = new TreeMap<String, Set<String>>();
        files.forEach((path, text) -> now.put(path, Set.of(digest(text.getBytes(StandardCharsets.UTF_8)))));
        // Both lists hold until everything is written: a crash in between leaves no file that counts as foreign.
        var both = new TreeMap<String, Set<String>>();
        earlier.forEach((path, digests) -> both.put(path, new HashSet<>(digests)));
        now.forEach((path, digests) ->
                both.computeIfAbsent(path, ignored -> new HashSet<>()).addAll(digests));
        replace(root.resolve(LIST), json(both));

        var kept = new ArrayList<String>();
        var refused = new ArrayList<String>();
        for (var file : files.entrySet()) {
            var path = file.getKey();
            var problem = OutputPaths.problem(path).or(() -> leavesByLink(path));
            if (problem.isPresent()) {
                refused.add(FilePath.visible(path) + ": " + problem.get());
                now.remove(path);
                continue;
            }
            try {
                put(path, file.getValue(), earlier.getOrDefault(path, Set.of()), kept);
            } catch (IOException e) {
                // A failure of one name is reported for that name; a full disk fails for all of them.
                if (StorageFailure.behind(e)
                        .filter(failure -> !failure.isOfOneFile())
                        .isPresent()) throw e;
                refused.add(path + ": " + StorageFailure.cause(e));
                now.remove(path);
            }
        }
        for (var other : earlier.entrySet()) {
            if (now.containsKey(other.getKey())) continue;
            if (complete) remove(other.getKey(), other.getValue());
            else now.put(other.getKey(), other.getValue());
        }
        replace(root.resolve(LIST), json(now));
        return new Written(files.size() - refused.size(), kept, refused);
    }

    private void put(String path, String text, Set<String> ours, List<String> kept) throws IOException {
        var target = root.resolve(path);
        Files.createDirectories(target.getParent());
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        if (Files.isRegularFile(target)) {
            var there = digest(Files.readAllBytes(target));
            if (there.equals(digest(bytes))) return;
            if (!ours.contains(there)) {
                Files.move(
                        target,
                        target.resolveSibling(target.getFileName() + ".bak"),
                        StandardCopyOption.REPLACE_EXISTING);
                kept.add(path);
            }
        }
        replace(target, bytes);
    }

    private static void replace(Path target, byte[] bytes) throws IOException {
        var fresh = Files.createTempFile(target.getParent(), ".taskweaver-", ".tmp");
        try {
            Files.write(fresh, bytes);
            // A temporary file is private by default; results are for whoever may read the folder.
            fresh.toFile().setReadable(true, false);
            Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(fresh);
        }
    }

    private void remove(String path, Set<String> ours) throws IOException {
        if (OutputPaths.problem(path).or(() -> leavesByLink(path)).isPresent()) return;
        var file = root.resolve(path);
        if (!Files.isRegularFile(file) || !ours.contains(digest(Files.readAllBytes(file)))) return;
        Files.delete(file);
        for (var folder = file.getParent(); folder != null && !folder.equals(root); folder = folder.getParent()) {
            try {
                Files.delete(folder);
            } catch (DirectoryNotEmptyException e) {
                return; // Something else lies there: it stays.
            }
        }
    }

    private Optional<String> leavesByLink(String path) {
        var at = root;
        for (var segment : path.split("/", -1)) {
            at = at.resolve(segment);
            if (Files.isSymbolicLink(at))
                return Optional.of("'" + segment + "' is a link, which may lead out of the folder");
        }
        return Optional.empty();
    }

    private Map<String, Set<String>> list() throws IOException {
        var file = root.resolve(LIST);
        var listed = new TreeMap<String, Set<String>>();
        if (!Files.isRegularFile(file)) return listed;
        try {
            for (var entry :
                    JSON.readTree(Files.readAllBytes(file)).path("files").properties()) {
                var digests = new HashSet<String>();
                for (JsonNode digest : entry.getValue()) digests.add(digest.asText());
                listed.put(entry.getKey(), digests);
            }
        } catch (JsonProcessingException e) {
            return new TreeMap<>(); // Without the list every file there counts as somebody else's, and is kept.
        }
        return listed;
    }

    private static byte[] json(Map<String, Set<String>> files) throws JsonProcessingException {
        var json = JsonNodeFactory.instance.objectNode();
        json.put("about", "Files that TaskWeaver wrote here, with the SHA-256 of each; it replaces only these.");
        var listed = json.putObject("files");
        files.forEach((path, digests) -> digests.stream().sorted().forEach(listed.putArray(path)::add));
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(json);
    }

    private static String digest(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    @Override
    public String toString() {
        return root.toString();
    }
}
