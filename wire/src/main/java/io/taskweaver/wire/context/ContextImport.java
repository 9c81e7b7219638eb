package io.taskweaver.wire.context;

import io.taskweaver.code.CodeRepository;
import io.taskweaver.code.LineBundle;
import io.taskweaver.code.TemporaryFolder;
import io.taskweaver.model.Bytes;
import io.taskweaver.model.event.ContextChange.ImportContext;
import io.taskweaver.model.event.Meta;
import io.taskweaver.model.event.PlanEvent;
import io.taskweaver.model.event.PlanEvent.ContextCommand;
import io.taskweaver.wire.code.CodePacks;
import io.taskweaver.wire.context.ContextDocument.Unusable;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * An export as events: first the commits, then the content in parts. The context service takes it up with the last part, as
 * a whole or not at all.
 */
public final class ContextImport {
    /** Largest part of the content, bytes. */
    static final int PART_BYTES = 1 << 20;

    private ContextImport() {}

    /**
     * The events that import a document.
     *
     * @throws Unusable if its code is not what its content says
     * @throws IOException if the disk cannot be used
     */
    public static List<PlanEvent> events(ContextDocument document, Instant at) throws Unusable, IOException {
        var events = new ArrayList<PlanEvent>(code(document, at));
        var packed = document.packed();
        int parts = (packed.length + PART_BYTES - 1) / PART_BYTES;
        for (int part = 0; part < parts; part++) {
            int from = part * PART_BYTES;
            var content = Arrays.copyOfRange(packed, from, Math.min(packed.length, from + PART_BYTES));
            events.add(new ContextCommand(
                    Meta.of(ContextCommand.class, document.plan(), at, Optional.empty(), document.digest(), part, at),
                    new ImportContext(document.digest(), part, parts, new Bytes(content))));
        }
        return events;
    }

    private static List<PlanEvent> code(ContextDocument document, Instant at) throws Unusable, IOException {
        try (var temporary = TemporaryFolder.create("context");
                var code = CodeRepository.open(temporary.path().resolve("git"))) {
            var metadata = document.content().context().metadata();
            var base = document.content().context().codebase().base().commit();
            var line = line(document, code);
            if (!line.base().equals(base) || !line.head().equals(metadata.commit()))
                throw unusable("its code leads from " + line.base() + " to " + line.head() + ", its content from "
                        + base + " to " + metadata.commit());
            for (var version : document.content().versions())
                if (!code.has(version.commit())) throw unusable("its code has no commit " + version.commit());
            return packs(document, code, line, at);
        }
    }

    private static LineBundle.Content line(ContextDocument document, CodeRepository code) throws Unusable {
        try {
            return LineBundle.read(document.bundle(), code);
        } catch (IOException e) {
            throw unusable("its code cannot be read: " + e.getMessage());
        }
    }

    private static List<PlanEvent> packs(
            ContextDocument document, CodeRepository code, LineBundle.Content line, Instant at) throws IOException {
        var commits = new ArrayDeque<String>();
        for (var commit = line.head(); !commit.equals(line.base()); )
            commit = push(commits, commit, code.parentOf(commit).orElse(line.base()));
        var events = new ArrayList<PlanEvent>(CodePacks.of(
                document.plan(), line.base(), true, code.pack(line.base(), List.of()), at, Optional.empty()));
        var before = line.base();
        for (var commit : commits) {
            var pack = code.pack(commit, List.of(code.treeOf(before)));
            events.addAll(CodePacks.of(document.plan(), commit, false, pack, at, Optional.empty()));
            before = commit;
        }
        return events;
    }

    private static String push(ArrayDeque<String> commits, String commit, String parent) {
        commits.push(commit);
        return parent;
    }

    private static Unusable unusable(String why) {
        return new Unusable(
                "It is damaged, or was changed: " + why + ".", "Export it again. Nothing of it was imported.");
    }
}
