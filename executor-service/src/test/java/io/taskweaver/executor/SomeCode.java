package io.taskweaver.executor;

import io.taskweaver.code.CodeRepository;
import io.taskweaver.model.CodeAt;
import io.taskweaver.model.EntryChange;
import io.taskweaver.model.FileEntry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Code for tests that do not care what is in it. The same names always mean the same commits. */
final class SomeCode {
    static final CodeRepository REPOSITORY = open(Path.of("target/some-code"));

    private SomeCode() {}

    static CodeRepository open(Path folder) {
        try {
            return CodeRepository.open(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The plan's head at a version: notes that say the version, and a file that no prompt shows. */
    static String head(long version) {
        return commit(
                REPOSITORY, tree(REPOSITORY, Map.of("notes.txt", "as of " + version, "not-shown.txt", "hidden\n")));
    }

    static CodeAt at(long version) {
        return new CodeAt(head(version), "", Optional.empty());
    }

    static String tree(CodeRepository repository, Map<String, String> files) {
        try {
            return edited(repository, repository.emptyTree(), files);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A tree with these files in it, path to text. */
    static String edited(CodeRepository repository, String tree, Map<String, String> files) throws IOException {
        var changes = new ArrayList<EntryChange>();
        for (var file : files.entrySet())
            changes.add(put(
                    file.getKey(), repository.file(file.getValue().getBytes(StandardCharsets.UTF_8), FileEntry.FILE)));
        return repository.edit(tree, changes);
    }

    static EntryChange put(String path, FileEntry entry) {
        return new EntryChange(path, Optional.empty(), Optional.of(entry));
    }

    static FileEntry link(CodeRepository repository, String target) throws IOException {
        var bytes = target.getBytes(StandardCharsets.UTF_8);
        return new FileEntry(FileEntry.LINK, repository.blob(bytes), bytes.length);
    }

    static String commit(CodeRepository repository, String tree, String... parents) {
        try {
            return repository.commit(tree, List.of(parents), "some", Instant.EPOCH);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Text of a file in a commit; empty if there is none. */
    static Optional<String> text(CodeRepository repository, String commit, String path) throws IOException {
        var entry = repository.entry(repository.treeOf(commit), path);
        return entry.isEmpty()
                ? Optional.empty()
                : Optional.of(new String(repository.bytes(entry.get().object()), StandardCharsets.UTF_8));
    }
}
