package io.taskweaver.agents.command;

import io.taskweaver.code.CodeRepository;
import io.taskweaver.model.CodeAt;
import io.taskweaver.model.CodeResult;
import io.taskweaver.model.EntryChange;
import io.taskweaver.model.FileEntry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Results for tests of checks. */
final class Results {
    private Results() {}

    /** A file as a result has it; empty if it deleted it. */
    record Made(String path, Optional<String> text) {}

    static Made made(String path, String text) {
        return new Made(path, Optional.of(text));
    }

    static Made deleted(String path) {
        return new Made(path, Optional.empty());
    }

    /** The result that these files make of code with those files, path to text. */
    static CheckedCode of(CodeRepository code, String prefix, Map<String, String> files, Made... made)
            throws IOException {
        var before = new ArrayList<EntryChange>();
        for (var file : files.entrySet())
            before.add(new EntryChange(file.getKey(), Optional.empty(), Optional.of(file(code, file.getValue()))));
        return of(code, prefix, code.edit(code.emptyTree(), before), made);
    }

    /** The result that these files make of a tree. */
    static CheckedCode of(CodeRepository code, String prefix, String tree, Made... made) throws IOException {
        var changes = new ArrayList<EntryChange>();
        for (var each : made) {
            var there = code.entry(tree, each.path());
            Optional<FileEntry> now =
                    each.text().isPresent() ? Optional.of(file(code, each.text().get())) : Optional.empty();
            if (!there.equals(now)) changes.add(new EntryChange(each.path(), there, now));
        }
        var after = code.edit(tree, changes);
        var base = code.commit(tree, List.of(), "base", Instant.EPOCH);
        var commit = code.commit(after, List.of(base), "result", Instant.EPOCH);
        return new CheckedCode(
                code,
                new CodeAt(base, prefix, Optional.empty()),
                new CodeResult(commit, base, after, code.difference(tree, after), List.of()));
    }

    private static FileEntry file(CodeRepository code, String text) throws IOException {
        return code.file(text.getBytes(StandardCharsets.UTF_8), FileEntry.FILE);
    }
}
