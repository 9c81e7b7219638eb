package io.taskweaver.agents.command;

import io.taskweaver.agents.Assignment;
import io.taskweaver.code.WorkTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;

/**
 * Puts what a prompt has no room for into the work tree of a run. The file is no part of the result, and Git does not show it
 * there.
 */
record AsideFile(RunFolder run) {
    /**
     * Writes it.
     *
     * @return the prompt; it names another path if the code has a file at the one that it names
     */
    String write(Assignment assignment) throws IOException {
        if (assignment.aside().isEmpty()) return assignment.prompt();
        var aside = assignment.aside().get();
        var prefix = run.begun().map(RunFolder.Begun::prefix).orElse("");
        var inWork = prefix.isEmpty() ? "" : prefix + "/";
        var tree = WorkTree.at(run.work());
        var path = free(tree.folder(prefix), inWork, aside.path());
        var file = tree.folder(inWork + folder(path))
                .resolve(path.substring(folder(path).length()));
        var prepared = run.prepared();
        // Before the file is there: left behind by a crash, it must not become part of a result.
        run.prepared(prepared.with(List.of(inWork + path), prepared.brought()));
        tree.ignore(List.of(inWork + path));
        Files.writeString(file, aside.text());
        return path.equals(aside.path())
                ? assignment.prompt()
                : assignment.prompt().replace("`" + aside.path() + "`", "`" + path + "`");
    }

    private static String folder(String path) {
        return path.substring(0, path.lastIndexOf('/') + 1);
    }

    /** The path, or one like it at which the work tree has nothing. */
    private String free(Path root, String inWork, String path) throws IOException {
        var own = run.prepared().added();
        var candidate = path;
        for (int number = 2; !isFree(root, candidate) && !own.contains(inWork + candidate); number++) {
            int end = folder(path).length() - 1;
            candidate = path.substring(0, end) + "-" + number + path.substring(end);
        }
        return candidate;
    }

    private static boolean isFree(Path root, String path) {
        var folder = root.resolve(folder(path));
        boolean isUsable = Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)
                || !Files.exists(folder, LinkOption.NOFOLLOW_LINKS);
        return isUsable && !Files.exists(root.resolve(path), LinkOption.NOFOLLOW_LINKS);
    }
}
