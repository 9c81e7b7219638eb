package io.taskweaver.agents.command;

import io.taskweaver.agents.AgentCode;
import io.taskweaver.code.CodeRepository;
import io.taskweaver.code.GitPath;
import io.taskweaver.model.CodeAt;
import io.taskweaver.model.CodeResult;
import io.taskweaver.model.EntryChange;
import io.taskweaver.model.FileEntry;
import io.taskweaver.model.Preparation;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A result that is checked.
 *
 * @param repository repository that has it
 * @param at code that the task was given
 * @param preparation what a work tree of it gets besides
 */
public record CheckedCode(CodeRepository repository, CodeAt at, CodeResult result, Preparation preparation) {
    /** A source file that is longer was not written by hand. */
    private static final long LONGEST_TEXT = 1L << 20;

    /** A result that a work tree needs nothing else for. */
    public CheckedCode(CodeRepository repository, CodeAt at, CodeResult result) {
        this(repository, at, result, Preparation.NONE);
    }

    /** The result, for a work tree. */
    AgentCode forWorkTree() {
        return new AgentCode(repository, result.commit(), result.tree(), at.prefix(), preparation);
    }

    /** What the result is a difference of, for a work tree. */
    AgentCode startForWorkTree() throws IOException {
        var tree = repository.treeOf(result.parent());
        return new AgentCode(repository, result.parent(), tree, at.prefix(), preparation);
    }

    /** A file of the result that it changed, by its path in the plan. */
    record Changed(String path, EntryChange change) {}

    /** Whether the result has a file or a folder at a path of the plan. */
    boolean has(String path) throws IOException {
        var inTree = GitPath.of(at.inTree(path));
        return repository.entry(result.tree(), inTree).isPresent() || repository.isFolder(result.tree(), inTree);
    }

    /** What it changed in the folder of the plan. */
    List<Changed> changes() {
        var changes = new ArrayList<Changed>();
        for (var change : result.changes())
            at.inPlan(change.path()).ifPresent(path -> changes.add(new Changed(path, change)));
        return changes;
    }

    /** Its text; empty if it is deleted, or is not text. */
    Optional<String> text(EntryChange change) throws IOException {
        return change.after().isPresent() ? text(change.after().get()) : Optional.empty();
    }

    private Optional<String> text(FileEntry entry) throws IOException {
        return repository.text(entry, LONGEST_TEXT);
    }
}
